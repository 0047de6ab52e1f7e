// A file is read in the encoding that it was written in.

import { describe, expect, it } from "vitest";
import { decodeFile } from "../../src/admin/products/decode-file.ts";

const utf16le = (text: string): Uint8Array =>
  Uint8Array.from([0xff, 0xfe, ...Buffer.from(text, "utf16le")]);

describe("decodeFile", () => {
  it("reads UTF-8, with its byte order mark or without", () => {
    const bytes = new TextEncoder().encode("sku,name\nA,Crème brûlée");
    const expected = { kind: "text", text: "sku,name\nA,Crème brûlée", isGuessed: false };
    expect(decodeFile(bytes)).toEqual(expected);
    expect(decodeFile(Uint8Array.from([0xef, 0xbb, 0xbf, ...bytes]))).toEqual(expected);
  });

  it("reads what spreadsheets call Unicode text", () => {
    expect(decodeFile(utf16le("sku\tname\nA\tKäse"))).toEqual({
      kind: "text",
      text: "sku\tname\nA\tKäse",
      isGuessed: false,
    });
  });

  it("reads the old Windows encoding, and says that it is a guess", () => {
    const bytes = Uint8Array.from([...Buffer.from("sku;name\nA;Caf"), 0xe9, 0x80]);
    expect(decodeFile(bytes)).toEqual({
      kind: "text",
      text: "sku;name\nA;Café€",
      isGuessed: true,
    });
  });

  it("knows a workbook, which is no text", () => {
    expect(decodeFile(Uint8Array.from([0x50, 0x4b, 0x03, 0x04, 0x14]))).toEqual({
      kind: "workbook",
    });
  });
});
