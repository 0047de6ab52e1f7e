// Adjusts many counts of one request by the rules of a single adjustment. One statement writes each table for a whole
// group. Levels are locked in ascending id, then lines of waiting orders, as everywhere.

import type { Pool } from "pg";
import * as z from "zod";
import { adjustMany } from "../../domain/stock/adjust-many.ts";
import { isCount } from "../../domain/stock/adjust-stock.ts";
import { sellableUnits } from "../../domain/stock/stock-holder.ts";
import type { GroupPace } from "../../flow/group-pace.ts";
import type { AlertToCheck } from "../alerts/record-transition.ts";
import { type LevelChange, settleAlerts } from "../alerts/settle-alerts.ts";
import type { IdempotencyClaim } from "../idempotency.ts";
import { lostItsLevels } from "../orders/lock-levels.ts";
import { servePreOrders } from "../orders/serve-pre-orders.ts";
import { findWaitingItems } from "../orders/waiting-lines.ts";
import { lockReceivable } from "../receiving/lock-receivable.ts";
import { beforeAll } from "../sweep/find-forgotten.ts";
import type { Transaction } from "../sql/transaction.ts";
import { writeInGroups } from "../write-in-groups.ts";
import type { UnitsAdjustment } from "./adjust-units.ts";
import type { LockedLevel } from "./locked-level.ts";
import { moveUnits } from "./move-units.ts";

const refusalSchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("unknown"),
    what: z.literal("product or variant"),
    key: z.string(),
  }),
  z.object({ kind: z.literal("not-tracked"), sku: z.string() }),
  z.object({
    kind: z.literal("stale-count"),
    sku: z.string(),
    expectedUnits: z.number(),
    unitsInStock: z.number(),
  }),
  z.object({
    kind: z.literal("adjustment-below-zero"),
    sku: z.string(),
    unitsInStock: z.number(),
    unitsAfter: z.number(),
  }),
]);

const adjustedSchema = z.object({
  sku: z.string(),
  holder: z.object({ sku: z.string(), isVariant: z.boolean() }),
  unitsBefore: z.number(),
  /** Right after the movement. */
  unitsAfter: z.number(),
  /** Once waiting pre-orders were served. */
  unitsInStock: z.number(),
  available: z.number().nullable(),
  /** Null if the count was that already. */
  movementId: z.string().nullable(),
});

const outcomeSchema = z.union([
  adjustedSchema,
  z.object({ sku: z.string(), refusal: refusalSchema }),
]);

/** What became of one adjustment, in a form that survives JSON. */
export type BulkAdjusted = z.output<typeof outcomeSchema>;

/** Many adjustments. `onAlerts` gets the alerts to check, group by group. */
export type BulkAdjustment = {
  readonly adjustments: readonly UnitsAdjustment[];
  readonly atomic: boolean;
  readonly actor: string;
  readonly claim: IdempotencyClaim | undefined;
  readonly pace: GroupPace;
  readonly onAlerts: (alerts: readonly AlertToCheck[]) => void;
};

/**
 * Adjusts counts in the order of the request, and resolves with an outcome for each. If it is atomic, it throws
 * `ItemsRefused` if one is refused, and writes nothing. With a claim, the same request sent again changes nothing
 * twice; resolves with "key-reused" if the key came with another one.
 */
export function adjustInBulk(
  pool: Pool,
  { adjustments, ...bulk }: BulkAdjustment,
): Promise<readonly BulkAdjusted[] | "key-reused"> {
  return writeInGroups(pool, {
    ...bulk,
    items: adjustments,
    weigh: () => 1,
    outcomeSchema,
    isRetriable: lostItsLevels,
    write: (transaction, group, locked) => adjustGroup(transaction, group, bulk.actor, locked),
  });
}

/** An adjustment of the group that was not decided yet. */
type Undecided = { readonly at: number; readonly levelId: number; readonly of: UnitsAdjustment };

/** Writes a group in rounds. There is a second one only if a count for which pre-orders wait is adjusted twice. */
async function adjustGroup(
  transaction: Transaction,
  group: readonly UnitsAdjustment[],
  actor: string,
  locked: () => void,
) {
  const { sql } = transaction;
  const { items, levels } = await lockReceivable(transaction, new Set(group.map(({ sku }) => sku)));
  locked();
  const waiting = await findWaitingItems(sql, levels.keys(), beforeAll);
  const hasWaiting = new Set(waiting.map(({ holderId }) => holderId));
  const outcomes: BulkAdjusted[] = [];
  let undecided = group.flatMap((of, at): Undecided[] => {
    const { sku } = of;
    const level = levels.get(items.get(sku)?.holderId ?? 0);
    if (level?.tracked === true) return [{ at, levelId: level.id, of }];
    const refusal =
      level === undefined
        ? ({ kind: "unknown", what: "product or variant", key: sku } as const)
        : ({ kind: "not-tracked", sku } as const);
    outcomes[at] = { sku, refusal };
    return [];
  });
  const now = new Map(levels);
  const changes: LevelChange[] = [];
  while (undecided.length > 0) {
    const round = { now, hasWaiting, actor, outcomes, changes };
    undecided = await adjustRound(transaction, undecided, round);
  }
  return { outcomes, alerts: await settleAlerts(sql, changes, { actor }) };
}

/** The levels as they are now and the outcomes so far; a round adds to both. */
type Round = {
  readonly now: Map<number, LockedLevel>;
  readonly hasWaiting: ReadonlySet<number>;
  readonly actor: string;
  readonly outcomes: BulkAdjusted[];
  /** Each adjustment's own, so that alerts do not depend on which adjustments share a group. */
  readonly changes: LevelChange[];
};

/** Writes what can be decided now, and serves those who wait for it. Resolves with the rest. */
async function adjustRound(
  { sql }: Transaction,
  undecided: readonly Undecided[],
  { now, hasWaiting, actor, outcomes, changes }: Round,
): Promise<Undecided[]> {
  const holders = new Map(
    [...now].map(([id, level]) => [id, { ...level, hasWaiting: hasWaiting.has(id) }]),
  );
  const decided = adjustMany(
    undecided.map(({ levelId, of }) => ({ holderId: levelId, request: of.request })),
    holders,
  );
  const moves = decided.flatMap((outcome, index) => {
    const one = undecided[index];
    if (outcome.kind !== "adjusted" || one === undefined) return [];
    const { change, unitsAfter } = outcome;
    const { kind, reason = null, note, request } = one.of;
    const why = { kind, actor, reason, note, isCount: isCount(kind, request) };
    return [{ at: one.at, levelId: one.levelId, change, unitsAfter, ...why }];
  });
  const movements = await moveUnits(sql, moves);
  const movementOf = new Map(moves.map(({ at }, index) => [at, movements[index]?.id ?? null]));
  const moved: LevelChange[] = [];
  for (const { levelId, unitsAfter } of moves) {
    const before = now.get(levelId);
    if (before === undefined) continue;
    const after = { ...before, units: unitsAfter };
    now.set(levelId, after);
    moved.push({ before, after });
  }
  const toServe = moves.flatMap(({ levelId }) => (hasWaiting.has(levelId) ? [levelId] : []));
  const served = await servePreOrders(
    sql,
    toServe.flatMap((id) => now.get(id) ?? []),
    { actor },
  );
  for (const level of served.levels) now.set(level.id, level);
  // A level for which pre-orders wait is changed once a round: to what they left.
  for (const { before, after } of moved) {
    const left = hasWaiting.has(after.id) ? (now.get(after.id) ?? after) : after;
    changes.push({ before, after: left });
  }
  const later: Undecided[] = [];
  for (const [index, outcome] of decided.entries()) {
    const one = undecided[index];
    const level = one && now.get(one.levelId);
    if (one === undefined || level === undefined) continue;
    if (outcome.kind === "later") later.push(one);
    else {
      // A count for which pre-orders wait is adjusted once a round, so the level is as this adjustment left it.
      const units = hasWaiting.has(level.id) ? level.units : undefined;
      outcomes[one.at] = outcomeOf(one, outcome, level, {
        movementId: movementOf.get(one.at) ?? null,
        served: units,
      });
    }
  }
  return later;
}

function outcomeOf(
  { of: { sku } }: Undecided,
  outcome: Exclude<ReturnType<typeof adjustMany>[number], { readonly kind: "later" }>,
  level: LockedLevel,
  {
    movementId,
    served,
  }: { readonly movementId: string | null; readonly served: number | undefined },
): BulkAdjusted {
  const { unitsBefore } = outcome;
  switch (outcome.kind) {
    case "stale-count": {
      const { expectedUnits, unitsInStock } = outcome;
      return { sku, refusal: { kind: "stale-count", sku, expectedUnits, unitsInStock } };
    }
    case "below-zero": {
      const { unitsAfter } = outcome;
      const refused = { sku, unitsInStock: unitsBefore, unitsAfter };
      return { sku, refusal: { kind: "adjustment-below-zero", ...refused } };
    }
    case "unchanged":
    case "adjusted": {
      const unitsAfter = outcome.kind === "adjusted" ? outcome.unitsAfter : unitsBefore;
      const holder = { sku: level.sku, isVariant: level.isVariant };
      const unitsInStock = movementId === null ? unitsBefore : (served ?? unitsAfter);
      const available = sellableUnits({ ...level, units: unitsInStock });
      return { sku, holder, unitsBefore, unitsAfter, unitsInStock, available, movementId };
    }
  }
}
