// The sample: three hundred orders of the demo's store, in a file that `tallyman replay` can read too.

import { fileURLToPath } from "node:url";
import { packageRoot } from "../../runtime/package-root.ts";
import type { History } from "../replay/group-orders.ts";
import { openCsv } from "../replay/read-csv.ts";
import { readHistory } from "../replay/read-history.ts";

const samplePath = fileURLToPath(new URL("samples/orders.csv", packageRoot));

/** The positions of the sample's columns. */
const positions = new Map(
  ["reference", "sku", "quantity", "name"].map((role, position) => [role, position]),
);

/** Reads the sample. */
export async function readSampleOrders(): Promise<History> {
  const file = await openCsv(samplePath, { delimiter: ",", quotes: "standard" });
  const options = { slashedDates: undefined, sold: [], notSold: [] };
  return readHistory({ file, positions, report: null }, options, () => undefined);
}
