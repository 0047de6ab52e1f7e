// Reads how many units a replay's products begin with, from a CSV file with the columns sku and units.

import { unitsMax } from "../../api/stock/stock-schemas.ts";
import { OperatorError } from "../operator-error.ts";
import { openCsv } from "./read-csv.ts";
import { findColumns } from "./replay-options.ts";

/** What a stock file says, or what is wrong with it. */
export type StockFile = {
  readonly units: ReadonlyMap<string, number>;
  readonly problems: readonly string[];
};

const problemsShown = 10;

/** Reads a stock file. It finds problems rather than throwing, so that they are named beside others. */
export async function readStockFile(path: string, delimiter: string): Promise<StockFile> {
  const units = new Map<string, number>();
  const problems: string[] = [];
  try {
    const file = await openCsv(path, delimiter);
    const found = findColumns({ sku: "sku", units: "units" }, file.columns);
    const skuAt = found.positions.get("sku");
    const unitsAt = found.positions.get("units");
    if (skuAt === undefined || unitsAt === undefined) {
      return { units, problems: found.problems.map((problem) => `${path}: ${problem}`) };
    }
    for await (const { line, cells } of file.rows) {
      const sku = cells[skuAt] ?? "";
      const count = cells[unitsAt] ?? "";
      const problem = problemOf(sku, count, units);
      if (problem === undefined) units.set(sku, Number(count));
      else problems.push(`${path}, line ${line}: ${problem}`);
    }
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    problems.push(error.message);
  }
  const more = problems.length - problemsShown;
  const shown = problems.slice(0, problemsShown);
  return { units, problems: more > 0 ? [...shown, `${path}: and ${more} lines more`] : shown };
}

function problemOf(sku: string, count: string, known: ReadonlyMap<string, number>) {
  if (sku === "") return "expected a product's code in the column sku; got nothing";
  if (known.has(sku)) return `expected each code once; ${sku} came before`;
  if (!/^\d{1,10}$/.test(count) || Number(count) > unitsMax) {
    return `expected units from 0 to ${unitsMax}; got ${JSON.stringify(count)}`;
  }
  return undefined;
}
