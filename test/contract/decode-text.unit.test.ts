// A file is read in the encoding that it was written in.

import { describe, expect, it } from "vitest";
import { decodeText } from "../../src/contract/decode-text.ts";

const utf16le = (text: string): Uint8Array =>
  Uint8Array.from([0xff, 0xfe, ...Buffer.from(text, "utf16le")]);

describe("decodeText", () => {
  it("reads UTF-8, with its byte order mark or without", () => {
    const bytes = new TextEncoder().encode("sku,name\nA,Crème brûlée");
    const expected = { kind: "text", text: "sku,name\nA,Crème brûlée", isGuessed: false };
    expect(decodeText(bytes)).toEqual(expected);
    expect(decodeText(Uint8Array.from([0xef, 0xbb, 0xbf, ...bytes]))).toEqual(expected);
  });

  it("reads what spreadsheets call Unicode text", () => {
    expect(decodeText(utf16le("sku\tname\nA\tKäse"))).toEqual({
      kind: "text",
      text: "sku\tname\nA\tKäse",
      isGuessed: false,
    });
  });

  it("reads the old Windows encoding, and says that it is a guess", () => {
    const bytes = Uint8Array.from([...Buffer.from("sku;name\nA;Caf"), 0xe9, 0x80]);
    expect(decodeText(bytes)).toEqual({
      kind: "text",
      text: "sku;name\nA;Café€",
      isGuessed: true,
    });
  });

  it("knows a workbook, which is no text", () => {
    expect(decodeText(Uint8Array.from([0x50, 0x4b, 0x03, 0x04, 0x14]))).toEqual({
      kind: "workbook",
    });
  });

  it("reads nothing from what is no text, or is not what it says", () => {
    const halfOfUtf16 = utf16le("sku").slice(0, -1);
    const utf16WithoutMark = utf16le("sku").slice(2);
    for (const bytes of [halfOfUtf16, utf16WithoutMark, Uint8Array.from([0xff, 0x00])]) {
      expect(decodeText(bytes)).toEqual({ kind: "unreadable" });
    }
  });
});
