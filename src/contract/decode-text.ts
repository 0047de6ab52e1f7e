// Decodes the files that spreadsheets save: CSV in UTF-8, in Windows-1252, or as "Unicode text" (UTF-16). A wrong
// encoding would break every letter with an accent, and nobody would notice.

/** An encoding that a file's first bytes name; without such a mark it is UTF-8. */
export type TextEncoding = "utf-8" | "utf-16le" | "utf-16be";

/** A file as text, or why it can't be read as text. */
export type DecodedText =
  | { readonly kind: "text"; readonly text: string; readonly isGuessed: boolean }
  | { readonly kind: "workbook" | "unreadable" };

/** Reads the encoding from the first bytes of a file. `workbook`: it is a zip file, such as .xlsx and .ods. */
export function encodingOf(start: Uint8Array): TextEncoding | "workbook" {
  if (startsWith(start, [0x50, 0x4b, 0x03, 0x04])) return "workbook";
  if (startsWith(start, [0xff, 0xfe])) return "utf-16le";
  if (startsWith(start, [0xfe, 0xff])) return "utf-16be";
  return "utf-8";
}

/**
 * Decodes a whole file. `isGuessed`: it is not valid UTF-8 and names no encoding, so it was decoded as Windows-1252, which
 * western spreadsheets write; tell the person who reads it. `unreadable`: it is invalid in its encoding, or has a NUL.
 */
export function decodeText(bytes: Uint8Array): DecodedText {
  const encoding = encodingOf(bytes);
  if (encoding === "workbook") return { kind: "workbook" };
  const text = decode(bytes, encoding);
  const guess = text === null && encoding === "utf-8" ? decode(bytes, "windows-1252") : null;
  const read = text ?? guess;
  if (read === null || read.includes("\0")) return { kind: "unreadable" };
  return { kind: "text", text: read, isGuessed: text === null };
}

function decode(bytes: Uint8Array, encoding: string): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function startsWith(bytes: Uint8Array, start: readonly number[]): boolean {
  return start.every((byte, place) => bytes[place] === byte);
}
