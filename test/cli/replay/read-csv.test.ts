import { expect, test } from "vitest";
import { type CsvFile, type CsvRow, openCsv } from "../../../src/cli/replay/read-csv.ts";
import { temporaryFile, temporaryFolder } from "../temporary-file.ts";

async function rowsOf(file: CsvFile): Promise<CsvRow[]> {
  const rows: CsvRow[] = [];
  for await (const row of file.rows) rows.push(row);
  return rows;
}

async function cellsOf(file: CsvFile): Promise<(readonly string[])[]> {
  return (await rowsOf(file)).map(({ cells }) => cells);
}

test("a byte order mark, CRLF, quoted delimiters, quotes and line breaks are read as what they are", async () => {
  const path = await temporaryFile(
    "orders.csv",
    '\uFEFFref,sku,name\r\n1,A,"Mug, blue"\r\n\r\n1,B,"A 7"" plate"\r\n2,C,"two\r\nlines"\r\n',
  );
  const file = await openCsv(path, ",");
  expect(file.columns).toEqual(["ref", "sku", "name"]);
  expect(await cellsOf(file)).toEqual([
    ["1", "A", "Mug, blue"],
    ["1", "B", 'A 7" plate'],
    ["2", "C", "two\r\nlines"],
  ]);
});

test("UTF-16, as a spreadsheet saves Unicode text, is read with its tabs", async () => {
  const path = await temporaryFile(
    "orders.txt",
    Buffer.from("\uFEFFref\tsku\n1\tGRÜN\n", "utf16le"),
  );
  const file = await openCsv(path, "\t");
  expect(file.columns).toEqual(["ref", "sku"]);
  expect(await cellsOf(file)).toEqual([["1", "GRÜN"]]);
});

test("a row knows the line where it ends", async () => {
  const path = await temporaryFile("orders.csv", 'ref;sku\n1;"A\nB"\n\n2;C\n');
  const file = await openCsv(path, ";");
  expect((await rowsOf(file)).map(({ line }) => line)).toEqual([3, 5]);
});

test("rows that are too short or too long, and bare quotes, are no reason to stop", async () => {
  const path = await temporaryFile("orders.csv", 'a,b,c\n1\n1,7" plate,3,4\n');
  expect(await cellsOf(await openCsv(path, ","))).toEqual([["1"], ["1", '7" plate', "3", "4"]]);
});

test("a quote that nobody closed is an error that names the file", async () => {
  const path = await temporaryFile("orders.csv", 'a,b\n1,"open\n2,x\n');
  const file = await openCsv(path, ",");
  await expect(cellsOf(file)).rejects.toThrow(/orders\.csv can't be read as CSV: .*quote/i);
});

test("a missing file, an empty one and a folder each say so", async () => {
  const folder = await temporaryFolder();
  await expect(openCsv(`${folder}/none.csv`, ",")).rejects.toThrow(
    /none\.csv.*there is no such file/,
  );
  await expect(openCsv(folder, ",")).rejects.toThrow(/expected a CSV file that can be read/);
  await expect(openCsv(await temporaryFile("empty.csv", ""), ",")).rejects.toThrow(/is empty/);
});
