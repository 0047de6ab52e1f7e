import * as fc from "fast-check";
import { stringify } from "csv-stringify/sync";
import { describe, expect, it, test } from "vitest";
import { delimiterOf } from "../../src/csv/delimiter-of.ts";
import { createCsvReader, type CsvFormat, type CsvRecord } from "../../src/csv/csv-reader.ts";

const format: CsvFormat = {
  delimiter: ",",
  quotes: "standard",
  columnsMax: 64,
  rowCharactersMax: 1_000,
};

/** Reads a text that comes in pieces of at most `size` characters. */
function read(text: string, more: Partial<CsvFormat> = {}, size = text.length): CsvRecord[] {
  const reader = createCsvReader({ ...format, ...more });
  const records: CsvRecord[] = [];
  for (let at = 0; at < text.length; at += size) {
    records.push(...reader.push(text.slice(at, at + size)));
  }
  return [...records, ...reader.end()];
}

const rowsOf = (text: string, more: Partial<CsvFormat> = {}) =>
  read(text, more).flatMap((record) => (record.kind === "row" ? [record.cells] : []));

const faultsOf = (text: string, more: Partial<CsvFormat> = {}) =>
  read(text, more).flatMap((record) =>
    record.kind === "fault" ? [`${record.line}: ${record.detail}`] : [],
  );

const linesOf = (text: string) => read(text).map(({ kind, line }) => `${kind} ${line}`);

describe("a file as spreadsheets write it", () => {
  it("is read with its byte order mark, quoted delimiters, quotes and line breaks", () => {
    const text = '\u{FEFF}a,b\r\n1,"Mug, blue"\r\n\r\n2,"A 7"" plate"\r\n3,"two\r\nlines"\r\n4,""';
    expect(read(text)[0]).toEqual({ kind: "head", line: 1, cells: ["a", "b"] });
    expect(rowsOf(text)).toEqual([
      ["1", "Mug, blue"],
      ["2", 'A 7" plate'],
      ["3", "two\r\nlines"],
      ["4", ""],
    ]);
  });

  test.each([
    ["LF", "\n", "\n"],
    ["CRLF", "\r\n", "\r\n"],
    ["CR", "\r", "\r"],
    ["CRLF above LF", "\r\n", "\n"],
    ["LF above CRLF", "\n", "\r\n"],
    ["CR above CRLF", "\r", "\r\n"],
  ])("has as many rows with %s at the ends of its lines", (_name, first, others) => {
    const rows = Array.from({ length: 50 }, (_none, index) => `R-${index},x${others}`);
    const text = `a,b${first}${rows.join("")}`;
    expect(rowsOf(text)).toHaveLength(50);
    expect(read(text).at(-1)).toMatchObject({ line: 51, cells: ["R-49", "x"] });
  });

  it("is read the same in pieces of any size as in one, whatever is in it", () => {
    const piece = fc.constantFrom("a", "b", ",", '"', '""', "\n", "\r", "\r\n", " ", "\0", "ü");
    const text = fc.array(piece, { maxLength: 60 }).map((pieces) => `x,y\n${pieces.join("")}`);
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 7 }), (written, size) => {
        const small = { rowCharactersMax: 30 };
        expect(read(written, {}, size)).toEqual(read(written));
        // A row that is too long is told either way, if not always in the same words.
        expect(read(written, small, size).length > 1).toBe(read(written, small).length > 1);
      }),
      { numRuns: 2_000 },
    );
  });

  it("gives back every cell that was written, and no row more or less", () => {
    const cell = fc
      .string({ unit: "grapheme", maxLength: 8 })
      .filter((text) => !text.includes("\0"));
    const quirk = fc.constantFrom(
      '"',
      '""',
      "a,b",
      "a;b",
      "\t",
      'say "hi"',
      "\u{FEFF}",
      "'=1",
      " x ",
    );
    const row = fc.tuple(fc.constant("R"), fc.oneof(cell, quirk), fc.oneof(cell, quirk));
    const delimiters = fc.constantFrom(",", ";", "\t", "|");
    fc.assert(
      fc.property(fc.array(row), delimiters, (rows, delimiter) => {
        const text = stringify([["a", "b", "c"], ...rows], {
          delimiter,
          record_delimiter: "windows",
        });
        expect(rowsOf(text, { delimiter })).toEqual(rows);
      }),
    );
  });
});

describe("a file that names its separator in its first line", () => {
  test.each([
    ["sep=;\r\nsku;units\r\nA;1\r\n", ";"],
    ['\u{FEFF}"sep=;"\nsku;units\nA;1\n', ";"],
    ["SEP=|\nsku|units\nA|1\n", "|"],
    ["sep=,\nsku,units\nA,1\n", ","],
    ["sep=\t\nsku\tunits\nA\t1\n", "\t"],
    ["sep=;;\nsku;units\nA;1\n", ";"],
  ])("is read with it: %j", (text, delimiter) => {
    expect(delimiterOf(text)).toBe(delimiter);
    expect(read(text, { delimiter })).toEqual([
      { kind: "head", line: 2, cells: ["sku", "units"] },
      { kind: "row", line: 3, cells: ["A", "1"] },
    ]);
    expect(read(text, { delimiter }, 1)).toEqual(read(text, { delimiter }));
  });

  it("is refused where it is to be read with another one", () => {
    expect(faultsOf("sep=;\nsku;units\nA;1\n")).toEqual([
      '1: The file says that ";" separates its columns; it was read with ",". Name the file\'s own separator, or remove this line.',
    ]);
  });

  it("is no such file where the words come later", () => {
    expect(rowsOf("a\nsep=;\n")).toEqual([["sep=;"]]);
  });
});

it("the separator of a header is not looked for within quotes", () => {
  expect(delimiterOf('"Name, as shown, in full, here";Units\nA;1\n')).toBe(";");
  expect(delimiterOf("ID;Categories (x,y,z...);Tags (x,y);Name\n")).toBe(",");
});

describe("a line that does not fit the header", () => {
  test.each([
    [
      "too many cells",
      "a,b\n1,1,234\n2,x\n",
      '2: Expected 2 cells, as in the header; got 3: "1,1,234". Put a cell that contains "," in quotes.',
    ],
    [
      "too few cells",
      "a,b\n1\n2,x\n",
      '2: Expected 2 cells, as in the header; got 1: "1". Is a cell missing, or a closing quote?',
    ],
    [
      "an empty cell too many",
      "a,b\n1,x,\n2,x\n",
      '2: Expected 2 cells, as in the header; got 3: "1,x,". Put a cell that contains "," in quotes.',
    ],
    [
      "a quote inside a cell",
      'a,b\n1,5" pan\n2,x\n',
      '2: Expected a quote only around a whole cell; got 5" pan. Write it as "5"" pan".',
    ],
    [
      "text behind a quote",
      'a,b\n1,"Deluxe" mug\n2,x\n',
      '2: Expected a cell to end with its closing quote; got "Deluxe" mug. Write it as """Deluxe"" mug".',
    ],
    [
      "a quote that is never closed",
      'a,b\n1,"Deluxe mug\n2,x\n',
      '2: Expected a quote that closes the cell "Deluxe mug; got none before the end of the file. Write it as """Deluxe mug".',
    ],
    [
      "a NUL",
      "a,b\n1,x\0\n2,x\n",
      "2: Expected text; this line has a NUL character. Was the file saved in another encoding? Save it as UTF-8.",
    ],
    [
      "the header again",
      "a,b\na, b\n2,x\n",
      "2: Expected a row; this is the header again. Were two files joined? Remove this line.",
    ],
  ])(
    "because of %s is a fault with its line, and the row after it is read",
    (_name, text, fault) => {
      expect(faultsOf(text)).toEqual([fault]);
      expect(rowsOf(text)).toEqual([["2", "x"]]);
    },
  );

  it("swallows no row: a quote that closes in another row is a fault of the line where it opens", () => {
    const text = 'a\tb\tc\n1\t"Deluxe mug\tx\n2\tMug\tx\n3\t"x\tx\n4\tMug\tx\n';
    expect(faultsOf(text, { delimiter: "\t" })).toEqual([
      '2: Expected a quote that closes the cell "Deluxe mug; the next one is 2 lines below, with text after it. Write it as """Deluxe mug".',
      '4: Expected a quote that closes the cell "x; got none before the end of the file. Write it as """x".',
    ]);
    expect(rowsOf(text, { delimiter: "\t" }).map(([first]) => first)).toEqual(["2", "4"]);
  });

  it("swallows no row either if the other quote happens to end a cell", () => {
    const [fault] = faultsOf('a,b,c\n1,"Deluxe mug,x\n2,Mug,x\n3,x",x\n');
    expect(fault).toMatch(
      /^2: Expected one row; a quote opens in this line and closes 2 lines later/,
    );
  });

  it("has the line where its cell begins, and rows that where they begin", () => {
    expect(linesOf('a,b\n1,"x\ny"\n\n2,z\n"3\n",5" pan\n4,z\n')).toEqual([
      "head 1",
      "row 2",
      "row 5",
      "fault 7",
      "row 8",
    ]);
  });

  it("is a fault if it is too long, before it is split into cells, and only once", () => {
    const long = "x,".repeat(5_000);
    for (const size of [7, 100, 100_000]) {
      const records = read(`a,b\n${long}\n1,"${long}\n2,x\n`, {}, size);
      expect(records.map(({ kind, line }) => `${kind} ${line}`)).toEqual([
        "head 1",
        "fault 2",
        "fault 3",
        "row 4",
      ]);
    }
  });
});

describe("a file without a readable header", () => {
  test.each([
    [
      "too many columns",
      `${"a,".repeat(64)}a\n1\n`,
      "1: Expected a header of at most 64 columns; got 65.",
    ],
    [
      "a stray quote",
      'a,b"\n1,2\n',
      '1: Expected a quote only around a whole cell; got b". Write it as "b""".',
    ],
    [
      "too long a line",
      `${"a".repeat(1_001)}\n1\n`,
      "1: Expected a row of at most 1,000 characters; this one is longer.",
    ],
  ])("because of %s is told, and nothing below it is", (_name, text, fault) => {
    expect(faultsOf(text)).toEqual([fault]);
    expect(read(text)).toHaveLength(1);
    expect(read(text, {}, 5)).toHaveLength(1);
  });

  it("has no records if it has no text", () => {
    expect(read("")).toEqual([]);
    expect(read("\u{FEFF}\n \r\n,,\n")).toEqual([]);
  });
});

it("a file that quotes nothing is read with its quotes as they are", () => {
  const text = 'a\tb\n1\t"Deluxe mug\n2\t12" ruler\n3\t"x"\n';
  expect(rowsOf(text, { delimiter: "\t", quotes: "none" })).toEqual([
    ["1", '"Deluxe mug'],
    ["2", '12" ruler'],
    ["3", '"x"'],
  ]);
});
