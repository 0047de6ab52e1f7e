// What the intake of orders executes.

/* oxlint-disable require-yield -- a statement that locks nothing waits for nothing */

import type { OrderRow } from "../model-rows.ts";
import type { ResultRow, Row } from "../model-session.ts";
import { changeOrder } from "./writes.ts";
import { sqlError } from "../sql-error.ts";
import { anyOf, list, type Statement, text, textOrNull } from "./statement.ts";

/** The model's SKUs and item ids: item 7 has the SKU ITEM-7. */
const skuOf = (id: number): string => `ITEM-${id}`;

function newOrders(values: readonly unknown[], now: number): OrderRow[] {
  const [ids, references, fingerprints, requested, , , , awaited, jobIds] = values.map(list);
  const payBys = list(values[11]);
  return (ids ?? []).map((id, at) => {
    const payBy = textOrNull(payBys[at]);
    return {
      id,
      reference: text(references?.[at]),
      fingerprint: text(fingerprints?.[at]),
      requested: JSON.parse(text(requested?.[at])),
      status: "pending",
      awaited: awaited?.[at] === "t",
      jobId: text(jobIds?.[at]),
      payBy: payBy === null ? null : Date.parse(payBy),
      paidAt: null,
      acceptedAt: now,
      retakeable: false,
      retaken: false,
    };
  });
}

const knownOf = (order: OrderRow, now: number): ResultRow => ({
  id: order.id,
  reference: order.reference,
  status: order.status,
  fingerprint: order.fingerprint,
  waitsLong:
    order.status === "pending" && Math.max(order.acceptedAt, order.paidAt ?? 0) < now - 1_000,
});

export const intakeStatements: readonly Statement[] = [
  {
    part: 'variant_required as "variantRequired"',
    does: "looking up items",
    *run({ tables, read }, [skus]) {
      const wanted = new Set(list(skus));
      return [...tables.levels.all()].flatMap((row) => {
        const level = read(row);
        if (level === undefined || !wanted.has(level.sku)) return [];
        return [{ sku: level.sku, id: level.id, enabled: true, variantRequired: false }];
      });
    },
  },
  {
    part: 'insert into "order"',
    does: "storing orders",
    guess: (values) => list(values[0]).map((id) => ({ id, unpaid: null })),
    *run(context, values) {
      const { tables, read, lock, write, now, mutation } = context;
      const items = list(values[9]).map((id) => skuOf(Number(id)));
      if (items.join() !== list(values[10]).join()) return [];
      const stored: ResultRow[] = [];
      const paysFirst = tables.settings.takesStockWhenPaid;
      for (const order of newOrders(values, now)) {
        const reference = tables.references.at(`reference ${order.reference}`);
        if (mutation === "no unique references") {
          if (reference.committed !== undefined) continue;
          if (reference.holder !== null) reference.holder = null;
        }
        yield* lock(reference);
        if (read(reference) !== undefined) continue;
        write(reference, order.id);
        const row: Row<OrderRow> = tables.orders.at(`order ${order.id}`);
        yield* lock(row);
        if (read(row) !== undefined) throw sqlError("23505", "duplicate key of an order");
        const status = paysFirst ? "awaiting-payment" : "pending";
        changeOrder(context, row, null, { ...order, status });
        stored.push({ id: order.id, unpaid: paysFirst ? status : null });
      }
      return stored;
    },
  },
  {
    part: "encode(fingerprint, 'hex') as fingerprint",
    does: "recognising orders by their references",
    *run({ tables, read, now }, [references]) {
      return anyOf(references).flatMap((reference) => {
        const id = tables.references.at(`reference ${reference}`).committed;
        const order = id === undefined ? undefined : read(tables.orders.at(`order ${id}`));
        return order === undefined ? [] : [knownOf(order, now)];
      });
    },
  },
  {
    part: "json_array_elements(o.requested) as r (line)",
    does: "reading the lines of orders that were sent before",
    *run({ tables, read }, [ids]) {
      return anyOf(ids).flatMap((id) =>
        (read(tables.orders.at(`order ${id}`))?.requested ?? []).map(([item, quantity]) => ({
          id,
          sku: skuOf(item),
          quantity,
        })),
      );
    },
  },
  {
    part: `update "order" set awaited = true`,
    does: "marking an order as awaited",
    *run({ tables, read, lock, write }, [id]) {
      const row = tables.orders.at(`order ${text(id)}`);
      if (read(row)?.status !== "pending") return [];
      yield* lock(row);
      const order = read(row);
      if (order?.status !== "pending") return [];
      write(row, { ...order, awaited: true });
      return [{ id: order.id }];
    },
  },
  {
    part: "as simulated_status",
    does: "reading an order's status",
    *run({ tables, read }, [id]) {
      const order = read(tables.orders.at(`order ${text(id)}`));
      return order === undefined ? [] : [{ simulated_status: order.status }];
    },
  },
];
