// The shipped sample: three hundred orders of the demo's store, in the file that `tallyman replay` could
// read as well.

import { fileURLToPath } from "node:url";
import { createGrouping, type History } from "../replay/group-orders.ts";
import { openCsv } from "../replay/read-csv.ts";

/** The same place for the sources and for what is built from them. */
const samplePath = fileURLToPath(new URL("../../../samples/orders.csv", import.meta.url));

/** Reads the sample. */
export async function readSampleOrders(): Promise<History> {
  const grouping = createGrouping();
  const { rows } = await openCsv(samplePath, ",");
  for await (const { line, cells } of rows) {
    const [reference = "", sku = "", quantity = "", name = ""] = cells;
    grouping.add({ line, reference, sku, quantity, name });
  }
  return grouping.finish();
}
