// Reads a text file as people's programs write it: spreadsheets save CSV in UTF-8, in the old Windows encoding,
// or as "Unicode text". Read wrongly, every name with an accent would be imported broken.

/** A file as text, or why it is none. */
export type DecodedFile =
  | { readonly kind: "text"; readonly text: string; readonly isGuessed: boolean }
  | { readonly kind: "workbook" };

/**
 * The text of a file. `isGuessed` where it is not UTF-8 and says not what else it is: then it is read as
 * Windows-1252, which western spreadsheets write, and its names are worth a look.
 */
export function decodeFile(bytes: Uint8Array): DecodedFile {
  if (startsWith(bytes, workbookStart)) return { kind: "workbook" };
  if (startsWith(bytes, [0xff, 0xfe])) return decoded("utf-16le");
  if (startsWith(bytes, [0xfe, 0xff])) return decoded("utf-16be");
  try {
    return decoded("utf-8");
  } catch {
    return { ...decoded("windows-1252"), isGuessed: true };
  }

  function decoded(encoding: string) {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    return { kind: "text", text, isGuessed: false } as const;
  }
}

/** Workbooks (.xlsx, .ods) are zip files. */
const workbookStart = [0x50, 0x4b, 0x03, 0x04];

function startsWith(bytes: Uint8Array, start: readonly number[]): boolean {
  return start.every((byte, place) => bytes[place] === byte);
}
