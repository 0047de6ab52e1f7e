// Changes an open delivery: its date and note, or closes it with a reason.

import type { Pool } from "pg";
import { changedFacts, type Facts } from "../../domain/activity/act.ts";
import { closeDelivery } from "../../domain/receiving/expected-delivery.ts";
import { recordAct } from "../activity/record-acts.ts";
import { Refused } from "../refused.ts";
import type { Sql } from "../sql/sql.ts";
import { inTransaction } from "../sql/transaction.ts";
import { endDelivery, lockDelivery, type LockedDelivery } from "./book-on-delivery.ts";

/** A change of an open delivery. What is undefined stays. */
export type DeliveryChange = {
  readonly expectedAt: string | undefined;
  readonly supplier: string | undefined;
  readonly note: string | undefined;
};

/** Changes an open delivery. Throws `Refused` if there is none with this reference or id, or if it is closed. */
export function changeDelivery(pool: Pool, key: string, change: DeliveryChange): Promise<void> {
  return inTransaction(pool, async ({ sql }) => {
    const { id, isClosed, reference } = await requireDelivery(sql, key);
    if (isClosed) throw new Refused({ kind: "delivery-closed", reference });
    const before = await readFacts(sql, id);
    await sql(
      `update expected_delivery set expected_at = coalesce($2, expected_at),
         supplier = coalesce($3, supplier), note = coalesce($4, note) where id = $1`,
      [id, change.expectedAt ?? null, change.supplier ?? null, change.note ?? null],
    );
    const changed = changedFacts(before, await readFacts(sql, id));
    if (changed === null) return;
    await recordAct(sql, {
      kind: "delivery.changed",
      subject: { id, name: reference },
      ...changed,
    });
  });
}

/** The facts of a delivery that can change; who announced and who closed it, its own row says. */
async function readFacts(sql: Sql, id: string): Promise<Facts> {
  const [facts = {}] = await sql<Facts>(
    `select to_json(expected_at) #>> '{}' as "expectedAt", supplier, note
     from expected_delivery where id = $1`,
    [id],
  );
  return facts;
}

/**
 * Closes a delivery of which nothing more is expected. The same request again changes nothing. Throws `Refused` if there
 * is none with this reference or id, or if it was closed for another reason.
 */
export function closeExpectedDelivery(
  pool: Pool,
  key: string,
  { reason, actor }: { readonly reason: string; readonly actor: string },
): Promise<void> {
  return inTransaction(pool, async ({ sql }) => {
    const delivery = await requireDelivery(sql, key);
    const outcome = closeDelivery(delivery, reason);
    switch (outcome.kind) {
      case "closed":
        return endDelivery(sql, { id: delivery.id, actor, reason });
      case "unchanged":
        return undefined;
      case "closed-before":
        throw new Refused({ kind: "delivery-closed", reference: delivery.reference });
    }
  });
}

async function requireDelivery(sql: Sql, key: string): Promise<LockedDelivery> {
  const delivery = await lockDelivery(sql, key);
  if (delivery !== undefined) return delivery;
  throw new Refused({ kind: "unknown", what: "expected delivery", key });
}
