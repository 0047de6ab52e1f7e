// What must be true of a storm beyond what every fault of the laboratory must leave true: its processes and its changes.

import { isAccepted, isFinal, type JournalEntry } from "../lab/clients.ts";
import { shown } from "../lab/invariants.ts";
import type { LabPostgres } from "../lab/stores.ts";
import type { Crew, FailedStart } from "./crew.ts";
import type { Change } from "./requests.ts";

/** A time in which a store was away, in milliseconds since 1970. */
export type Outage = { readonly from: number; readonly to: number };

/** How late a store may still be missed after it is back, in milliseconds. */
const afterOutageMs = 10_000;

/** One sentence for each process that ended in a way that nobody asked for, and for starts that failed. */
export function judgeProcesses(
  { exits, failedStarts }: Pick<Crew, "exits" | "failedStarts">,
  outages: readonly Outage[],
): string[] {
  const odd = exits.filter(
    ({ cause, how }) => cause === null || (cause === "SIGTERM" && how !== "0"),
  );
  const during = ({ startedAt, endedAt }: FailedStart): boolean =>
    outages.some(({ from, to }) => startedAt <= to + afterOutageMs && endedAt >= from);
  const failed = failedStarts.filter((start) => !during(start));
  return [
    ...(odd.length === 0
      ? []
      : [
          `Expected each process to end only when told to, and with 0 after SIGTERM; ${odd.length} did not: ${shown(odd)}.`,
        ]),
    ...(failed.length === 0
      ? []
      : [
          `Expected each process to start while its stores answer; ${failed.length} did not: ${shown(failed)}.`,
        ]),
  ];
}

/**
 * One sentence if orders were refused for good that were not rejected: all of them are valid. `rejected` has the references
 * of the rejected ones.
 */
export function judgeOrders(
  journal: readonly JournalEntry[],
  rejected: ReadonlySet<string>,
): string[] {
  const refused = journal.filter(
    ({ reference, answers }) =>
      !rejected.has(reference) && answers.some((answer) => isFinal(answer) && !isAccepted(answer)),
  );
  return refused.length === 0
    ? []
    : [
        `Expected each order to be accepted; ${refused.length} were refused for good: ${shown(refused)}.`,
      ];
}

type Effects = {
  readonly note: string;
  readonly movements: number;
  readonly receipts: number;
  readonly mails: number;
};

/** One sentence for each kind of change that did not happen exactly once if it was accepted, and else never. */
export async function judgeChanges(
  postgres: LabPostgres,
  changes: readonly Change[],
): Promise<string[]> {
  const effects = await postgres.sql<Effects>(
    `select note, count(*) filter (where made = 'movement')::integer as movements,
       count(*) filter (where made = 'receipt')::integer as receipts,
       count(*) filter (where made = 'mail')::integer as mails
     from (select note, 'movement' as made from movement where kind = 'adjustment'
       union all select reference, 'receipt' from receipt
       union all select to_name, 'mail' from mail where template_code = 'tallyman:invitation') effect
     where note like 'storm-%' group by note`,
  );
  const byNote = new Map(effects.map((effect) => [effect.note, effect]));
  const left = await postgres.sql<{ id: string; units: number }>(
    `select o.id, coalesce(sum(m.change), 0)::integer as units from "order" o
     left join movement m on m.order_id = o.id where o.status in ('cancelled', 'refunded') group by o.id`,
  );
  const unitsOf = new Map(left.map(({ id, units }) => [id, units]));
  const wrong = changes.flatMap((change) => {
    const fault = faultOf(change, byNote.get(change.note), unitsOf);
    return fault === null ? [] : [{ fault, ...change }];
  });
  return wrong.length === 0
    ? []
    : [
        `Expected each change to be made once if it was accepted; ${wrong.length} were not: ${shown(wrong)}.`,
      ];
}

/** What is wrong with a change; null if nothing is. */
function faultOf(
  { kind, order, answers }: Change,
  effects: Effects | undefined,
  unitsOf: ReadonlyMap<string, number>,
): string | null {
  const wasAccepted = answers.some(isAccepted);
  if (answers.some(({ isLate }) => isLate)) return "an answer came too late";
  switch (kind) {
    case "adjust":
      return (effects?.movements ?? 0) === (wasAccepted ? 1 : 0) ? null : "not made once";
    case "receive":
      return (effects?.receipts ?? 0) === (wasAccepted ? 1 : 0) ? null : "not received once";
    case "cancel":
    case "refund":
      // All of the order was put back, so its movements add up to nothing.
      return !wasAccepted || unitsOf.get(order ?? "") === 0 ? null : "not put back once";
    case "other body":
      return answers.at(-1)?.status === 409 && !wasAccepted ? null : "not refused with 409";
    case "save product":
      return wasAccepted ? null : "not saved";
    case "invite":
      // If the answer to the first request was lost, the next is refused: the person is there.
      return (wasAccepted || answers.at(-1)?.status === 409) && effects?.mails === 1
        ? null
        : "not invited once";
  }
}
