// Reads the initial stock of a replay's products from a CSV file with the columns sku and units.

import { unitsMax } from "../../contract/stock.ts";
import { comparedText } from "../../domain/compared-text.ts";
import { quoted } from "../../domain/quoted.ts";
import { readWholeNumber } from "../../domain/whole-number.ts";
import { OperatorError } from "../operator-error.ts";
import { type FileFormat, openCsv } from "./read-csv.ts";
import { findColumns } from "./find-columns.ts";

/** The units by SKU, and the problems of the file. */
export type StockFile = {
  readonly units: ReadonlyMap<string, number>;
  readonly problems: readonly string[];
};

const problemsShown = 10;

/** Reads a stock file. It returns problems instead of throwing them, so that they are reported with others. */
export async function readStockFile(path: string, format: FileFormat): Promise<StockFile> {
  const units = new Map<string, number>();
  const problems: string[] = [];
  let count = 0;
  const addProblem = (problem: string): void => {
    count += 1;
    if (count <= problemsShown) problems.push(problem);
  };
  try {
    const file = await openCsv(path, format);
    const found = findColumns({ sku: "sku", units: "units" }, file.columns);
    const skuAt = found.positions.get("sku");
    const unitsAt = found.positions.get("units");
    if (skuAt === undefined || unitsAt === undefined) {
      await file.close();
      return { units, problems: found.problems.map((problem) => `${path}: ${problem}`) };
    }
    for await (const records of file.records) {
      for (const record of records) {
        if (record.kind === "head") continue;
        const problem =
          record.kind === "fault"
            ? record.detail
            : addUnits(units, record.cells[skuAt] ?? "", record.cells[unitsAt] ?? "");
        if (problem !== undefined) addProblem(`${path}, line ${record.line}: ${problem}`);
      }
    }
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    addProblem(error.message);
  }
  const more = count - problems.length;
  return {
    units,
    problems: more > 0 ? [...problems, `${path}: and ${more} more lines`] : problems,
  };
}

/** Adds a product's units, or returns the problem. */
function addUnits(units: Map<string, number>, skuCell: string, count: string): string | undefined {
  const sku = comparedText(skuCell);
  if (sku === "") return "expected a product's code in the column sku; got nothing";
  if (units.has(sku)) return `expected each code once; ${quoted(sku)} is in an earlier line too`;
  const read = readWholeNumber(count);
  if (!read.ok) return read.detail;
  if (read.value < 0 || read.value > unitsMax) {
    return `expected units from 0 to ${unitsMax}; got ${quoted(count.trim())}`;
  }
  units.set(sku, read.value);
  return undefined;
}
