// What `tallyman ledger close` says.

import { grouped } from "../../contract/issue-words.ts";
import type { OpenMonth } from "../../db/closing/find-month.ts";
import type { ClosedCounts, ClosingMonth } from "../../db/closing/read-closing.ts";
import { closedAfterDays, type Unclosable } from "../../domain/ledger/ledger-month.ts";

/** Why a month can't be closed, and what to do. */
export function describeUnclosable(month: string, why: Unclosable): string {
  switch (why.kind) {
    case "too-young":
      return `Expected a month that ended ${closedAfterDays} days ago or more, because charts and forecasts look back a year; ${month} can be closed from ${why.from.toISOString().slice(0, 10)} on.`;
    case "closed-before":
      return `Expected an open month; ${month} is closed, or comes before one that is.`;
    case "earlier-open":
      return `Expected the oldest open month; ${month} comes after ${why.earliest}. Close ${why.earliest} first.`;
    case "empty":
      return `Expected a month with movements; ${month} has none. Name another month.`;
    case "in-feed":
      return `Expected a feed of events that begins after ${month}, at place ${why.place} or later; it begins at ${why.beginning}, and reads changes of stock from the ledger. Set KEEP_EVENTS_DAYS to less than the age of the month, and run \`tallyman prune --yes\`. An active webhook that has not sent these events holds them back, too.`;
  }
}

/** What would be done. */
export function describePlan(file: string, month: OpenMonth): string {
  return `${month.name} has ${grouped(month.movements)} movements of ${grouped(month.levels)} levels, ${grouped(month.sales)} of them sales.
They would be written into ${file}. Then the sales would be deleted that nothing refers to.
Nothing was written or deleted. Type it again with --yes to close the month. It can't be opened again.
`;
}

/** What is left of a month that an earlier run began to close. */
export function describeBegun({ name, left }: ClosingMonth): string {
  return `${name} is being closed: an earlier run began, and has ${grouped(left)} movements left to look at.
Nothing was written or deleted now. Type it again with --yes to go on.
`;
}

/** What was done. */
export function describeClosed(
  name: string,
  file: string,
  { movements, removed, levels, digest }: ClosedCounts,
): string {
  return `${name} is closed: ${grouped(removed)} of ${grouped(movements)} movements are in ${file} only. The ledger keeps the others, and ${grouped(levels)} balances.
SHA-256 of the file's lines: ${digest}
Keep the file as long as the books, and a copy of it elsewhere. \`tallyman audit --file\` proves the books with it.
`;
}
