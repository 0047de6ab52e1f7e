// Runs the invariants against a database. The ledger and the orders are read in parts of limited size, each by one
// statement with a snapshot of its own. So an audit of a large store needs little memory, and holds back no cleaning of
// old rows.

import type { ClientBase } from "pg";
import { createClient, livingConnection } from "../sql/pool.ts";
import { changedOrders, everyOrder, type OrderPart } from "./order-parts.ts";
import type { Invariant } from "./invariant.ts";
import { invariants } from "./invariants.ts";
import { beginning, markPlace, type Place } from "./place.ts";

/** The result for one invariant: how many rows violate it, and the first few of them. */
export type Finding = {
  readonly key: string;
  readonly invariant: string;
  readonly faults: number;
  readonly examples: readonly Readonly<Record<string, unknown>>[];
};

/** What an audit found, and how far it proved the books. */
export type Audited = {
  readonly findings: readonly Finding[];
  /** The next audit may begin here. Null if a transaction that began before this audit has not ended. */
  readonly place: Place | null;
};

/** Begins to show a step, of so many `unit`s in all. `at` takes how many are done. */
export type ShowStep = (
  label: string,
  unit: string,
  total: number,
) => { readonly at: (done: number) => void; readonly end: () => void };

/** How an audit is done. */
export type AuditOptions = {
  /** Where an earlier audit ended that found no fault. Only what was written since is proved. By default everything is. */
  readonly from?: Place | undefined;
  readonly show?: ShowStep;
  /** How long the audit waits for transactions that were open when it began, in milliseconds. 5,000 by default. */
  readonly settleMs?: number;
};

/** The most examples of one invariant. */
const examplesMax = 5;

/** The ids of the ledger that one statement looks at. It takes about a second. */
const idsPerPart = 500_000;

/** Audits all books while orders go on. Resolves with a finding for each invariant, in their order. */
export async function audit(databaseUrl: string): Promise<readonly Finding[]> {
  const client = createClient(databaseUrl, "tallyman-audit", livingConnection);
  await client.connect();
  try {
    return (await auditBooks(client)).findings;
  } finally {
    await client.end();
  }
}

const showNothing: ShowStep = () => ({ at: () => undefined, end: () => undefined });

/** Audits the books on a connection. No statement of it writes or locks a row. Rejects if the database does not answer. */
export async function auditBooks(
  client: ClientBase,
  { from, show = showNothing, settleMs = 5_000 }: AuditOptions = {},
): Promise<Audited> {
  const { place, isSettled } = await markPlace(client, settleMs);
  const found = new Map<string, Finding>(
    invariants.map(({ key, name }) => [key, { key, invariant: name, faults: 0, examples: [] }]),
  );
  const look = async (invariant: Invariant, faults: string, values: readonly unknown[]) => {
    const finding = found.get(invariant.key);
    if (finding !== undefined) found.set(invariant.key, await add(client, finding, faults, values));
  };
  await auditLedger(from ?? beginning, place, look, show);
  await auditOrders(client, from, look, show);
  await auditLevels(look, show);
  return { findings: [...found.values()], place: isSettled ? place : null };
}

type Look = (invariant: Invariant, faults: string, values: readonly unknown[]) => Promise<void>;

async function auditLedger(
  from: Pick<Place, "movement">,
  to: Place,
  look: Look,
  show: ShowStep,
): Promise<void> {
  const first = Number(from.movement);
  const last = Number(to.movement);
  const step = show("the ledger", "movements", Math.max(0, last - first));
  for (let after = first; after < last; after += idsPerPart) {
    const upTo = Math.min(last, after + idsPerPart);
    for (const invariant of invariants) {
      if (invariant.over === "ledger") await look(invariant, invariant.faults, [after, upTo]);
    }
    step.at(upTo - first);
  }
  step.end();
}

async function auditOrders(
  client: ClientBase,
  from: Place | undefined,
  look: Look,
  show: ShowStep,
): Promise<void> {
  const { total, parts } =
    from === undefined ? await everyOrder(client) : await changedOrders(client, from);
  const step = show("orders", "orders", total);
  let done = 0;
  for await (const { among, values, size } of parts satisfies AsyncIterable<OrderPart>) {
    for (const invariant of invariants) {
      if (invariant.over === "orders") await look(invariant, invariant.faults(among), values);
    }
    done += size;
    step.at(done);
  }
  step.end();
}

async function auditLevels(look: Look, show: ShowStep): Promise<void> {
  const checks = invariants.filter(({ over }) => over === "levels");
  const step = show("levels and alerts", "checks", checks.length);
  let done = 0;
  for (const invariant of checks) {
    if (invariant.over === "levels") await look(invariant, invariant.faults, []);
    done += 1;
    step.at(done);
  }
  step.end();
}

/** Runs single checks, each a query whose rows are violations, outside the parts of an audit. */
export async function findFaults(
  client: ClientBase,
  checks: readonly { readonly key: string; readonly name: string; readonly faults: string }[],
): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const { key, name, faults } of checks) {
    findings.push(await add(client, { key, invariant: name, faults: 0, examples: [] }, faults, []));
  }
  return findings;
}

/** Adds the violations that a query finds. PostgreSQL counts them: only the examples are read. */
async function add(
  client: ClientBase,
  finding: Finding,
  faults: string,
  values: readonly unknown[],
): Promise<Finding> {
  const { rows } = await client.query<{ fault: Readonly<Record<string, unknown>>; faults: number }>(
    `select to_json(fault) as fault, count(*) over ()::integer as faults from (${faults}) fault
     limit ${examplesMax}`,
    [...values],
  );
  const examples = [...finding.examples, ...rows.map(({ fault }) => fault)].slice(0, examplesMax);
  return { ...finding, faults: finding.faults + (rows[0]?.faults ?? 0), examples };
}
