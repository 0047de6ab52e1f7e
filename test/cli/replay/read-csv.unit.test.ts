import { expect, test } from "vitest";
import type { CsvRecord } from "../../../src/csv/csv-reader.ts";
import { type CsvFile, openCsv } from "../../../src/cli/replay/read-csv.ts";
import { temporaryFile, temporaryFolder } from "../temporary-file.ts";

const commas = { delimiter: ",", quotes: "standard" } as const;
const tabs = { delimiter: "\t", quotes: "standard" } as const;

async function recordsOf(file: CsvFile): Promise<CsvRecord[]> {
  const all: CsvRecord[] = [];
  for await (const records of file.records) all.push(...records);
  return all;
}

async function cellsOf(file: CsvFile): Promise<(readonly string[])[]> {
  return (await recordsOf(file)).flatMap((record) => (record.kind === "row" ? [record.cells] : []));
}

test("a file larger than what is read at once has all of its rows, with their lines", async () => {
  const name = "Größe Ω ".repeat(20);
  const rows = Array.from({ length: 5_000 }, (_none, index) => `R-${index},"${name}\n"`);
  const path = await temporaryFile("orders.csv", `\u{FEFF}ref,name\r\n${rows.join("\r\n")}`);
  const file = await openCsv(path, commas);
  expect(file.columns).toEqual(["ref", "name"]);
  const records = await recordsOf(file);
  expect(records).toHaveLength(5_000);
  expect(records.at(-1)).toEqual({ kind: "row", line: 10_000, cells: ["R-4999", `${name}\n`] });
});

test("UTF-16, as a spreadsheet saves Unicode text, is read with its tabs", async () => {
  const path = await temporaryFile(
    "orders.txt",
    Buffer.from("\uFEFFref\tsku\n1\tGRÜN\n", "utf16le"),
  );
  const file = await openCsv(path, tabs);
  expect(file.columns).toEqual(["ref", "sku"]);
  expect(await cellsOf(file)).toEqual([["1", "GRÜN"]]);
});

test("a file in another encoding is refused with the line, not read with its names broken", async () => {
  const good = "1,Größe\n".repeat(40_000);
  const bad = Buffer.concat([
    Buffer.from(`ref,name\n${good}`),
    Buffer.from("2,Caf\xe9\n", "latin1"),
  ]);
  const file = await openCsv(await temporaryFile("orders.csv", bad), commas);
  await expect(cellsOf(file)).rejects.toThrow(
    /orders\.csv, line 40002: expected text in UTF-8; got invalid bytes\. Save the file as "CSV UTF-8"/,
  );
  const half = await temporaryFile("half.csv", Buffer.from("a,b\n1,ü").subarray(0, -1));
  await expect(openCsv(half, commas).then(cellsOf)).rejects.toThrow(/half\.csv, line 2: expected/);
});

test("a head that is none, a missing file, an empty one, a folder and a workbook each say so", async () => {
  const folder = await temporaryFolder();
  const workbook = Buffer.from("PK\u0003\u0004 and so on");
  const cases = [
    [`${folder}/none.csv`, /none\.csv.*there is no such file/],
    [folder, /expected a CSV file that can be read/],
    [await temporaryFile("empty.csv", ""), /is empty/],
    [await temporaryFile("blank.csv", "\r\n \r\n"), /is empty/],
    [await temporaryFile("orders.xlsx", workbook), /this is a workbook/],
    [await temporaryFile("head.csv", 'a,b"\n1,2\n'), /head\.csv, line 1: Expected a quote only/],
    [await temporaryFile("utf16.csv", Buffer.from("a,b\n1,2\n", "utf16le")), /line 1: .*NUL/],
  ] as const;
  for (const [path, message] of cases) await expect(openCsv(path, commas)).rejects.toThrow(message);
});
