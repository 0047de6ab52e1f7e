// The shipped sample: three hundred orders of the demo's store, in the file that `tallyman replay` could
// read as well.

import { fileURLToPath } from "node:url";
import type { History } from "../replay/group-orders.ts";
import { openCsv } from "../replay/read-csv.ts";
import { readHistory } from "../replay/read-history.ts";

/** The same place for the sources and for what is built from them. */
const samplePath = fileURLToPath(new URL("../../../samples/orders.csv", import.meta.url));

/** Where the sample has what. */
const positions = new Map(
  ["reference", "sku", "quantity", "name"].map((role, position) => [role, position]),
);

/** Reads the sample. */
export async function readSampleOrders(): Promise<History> {
  const file = await openCsv(samplePath, { delimiter: ",", quotes: "standard" });
  return readHistory(file, positions, () => undefined);
}
