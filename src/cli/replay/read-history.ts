// Reads the orders of an open file.

import { comparedText } from "../../domain/compared-text.ts";
import {
  comparedStatus,
  type Judgement,
  notSold,
  sold,
} from "../../domain/order-report/order-report.ts";
import { createGrouping, type History } from "./group-orders.ts";
import type { HistoryFile } from "./open-history.ts";
import type { ReplayOptions } from "./replay-options.ts";

/** The options that reading rows needs. */
export type ReadingOptions = Pick<ReplayOptions, "slashedDates" | "sold" | "notSold">;

/** Reads the rows, and calls `onRows` with the number read so far. Call it once for a file. */
export async function readHistory(
  { file, positions, report }: Pick<HistoryFile, "file" | "positions" | "report">,
  options: ReadingOptions,
  onRows: (rows: number) => void,
): Promise<History> {
  const oldestFirst = positions.has("date");
  const grouping = createGrouping({ oldestFirst, slashedDates: options.slashedDates });
  const judge = judgeOf(report?.layout.judge, options);
  let rows = 0;
  for await (const records of file.records) {
    for (const record of records) {
      if (record.kind === "head") continue;
      rows += 1;
      if (record.kind === "fault") {
        grouping.addFault(record.line, record.detail);
        continue;
      }
      const cell = (role: string) => record.cells[positions.get(role) ?? -1]?.trim() ?? "";
      grouping.add({
        line: record.line,
        reference: comparedText(cell("reference")),
        sku: comparedText(cell("sku")),
        quantity: cell("quantity"),
        name: cell("name"),
        ...(oldestFirst ? { date: cell("date") } : {}),
        ...(judge === undefined ? {} : { judgement: judge(cell) }),
      });
    }
    onRows(rows);
  }
  return grouping.finish();
}

type Cell = (role: string) => string;
type Judge = NonNullable<HistoryFile["report"]>["layout"]["judge"];

/** How the statuses of a row are read: what the operator says about one comes before the report's own rules. */
function judgeOf(
  judge: Judge | undefined,
  options: ReadingOptions,
): ((cell: Cell) => Judgement) | undefined {
  if (judge === undefined) return undefined;
  const [soldToo, notSoldToo] = [options.sold, options.notSold].map(
    (statuses) => new Set(statuses.map(comparedStatus)),
  );
  return (cell) => {
    const status = cell("status");
    const compared = comparedStatus(status);
    if (notSoldToo?.has(compared) === true) return notSold("order", `with the status ${status}`);
    if (soldToo?.has(compared) === true) return sold;
    return judge({ status, lineStatus: cell("lineStatus"), cancelledAt: cell("cancelledAt") });
  };
}
