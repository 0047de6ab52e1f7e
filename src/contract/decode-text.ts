// Reads bytes as text in the encoding that people's programs write: spreadsheets save CSV in UTF-8, in the old Windows
// encoding, or as "Unicode text". Read wrongly, every name with an accent would be broken in silence.

/** How a file is encoded that says so. Without a mark it is UTF-8, or refused as that. */
export type TextEncoding = "utf-8" | "utf-16le" | "utf-16be";

/** A file as text, or why it is none. */
export type DecodedText =
  | { readonly kind: "text"; readonly text: string; readonly isGuessed: boolean }
  | { readonly kind: "workbook" | "unreadable" };

/** The encoding by the first bytes of a file, or that it is a workbook: .xlsx and .ods are zip files. */
export function encodingOf(start: Uint8Array): TextEncoding | "workbook" {
  if (startsWith(start, [0x50, 0x4b, 0x03, 0x04])) return "workbook";
  if (startsWith(start, [0xff, 0xfe])) return "utf-16le";
  if (startsWith(start, [0xfe, 0xff])) return "utf-16be";
  return "utf-8";
}

/**
 * The text of a whole file. `isGuessed`: it is not in UTF-8 and does not say in what else, so it is read as
 * Windows-1252, which western spreadsheets write. Whoever shows it has to say so. `unreadable`: it is not what it says,
 * or no text at all.
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
