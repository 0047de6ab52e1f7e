// `tallyman order show`: shows an order with its lines, what happened to it, and why it was rejected.

import * as z from "zod";
import { type OrderReply, orderSchema } from "../contract/orders.ts";
import type { ApiClient } from "./api-client.ts";
import type { Given } from "./command.ts";
import { inColumns, section } from "./in-columns.ts";
import { OperatorError } from "./operator-error.ts";
import { withApi } from "./with-api.ts";

/** Prints the order of an id or a reference. Throws an `OperatorError` if there is none. */
export async function orderShowCommand(given: Given): Promise<void> {
  const [named = ""] = given.args;
  await withApi(
    given,
    { name: "tallyman order show", scopes: ["orders:read"] },
    async ({ api }) => {
      const order = (await findById(api, named)) ?? (await findByReference(api, named));
      if (order === undefined) {
        throw new OperatorError(
          `Expected the id or the reference of an order; there is none with ${JSON.stringify(named)}.`,
        );
      }
      const text =
        given.options["json"] === true ? JSON.stringify(order) : orderAsText(order).join("\n");
      process.stdout.write(`${text.trimEnd()}\n`);
    },
  );
}

async function findById(api: ApiClient, id: string): Promise<OrderReply | undefined> {
  return z.uuid().safeParse(id).success ? api.find(`/orders/${id}`, orderSchema) : undefined;
}

async function findByReference(api: ApiClient, reference: string): Promise<OrderReply | undefined> {
  const query = new URLSearchParams({ reference });
  const page = z.object({ data: z.array(orderSchema) });
  return (await api.get(`/orders?${query.toString()}`, page)).data[0];
}

/** The order as lines. */
export function orderAsText(order: OrderReply): string[] {
  const times = [
    `accepted ${order.acceptedAt}`,
    order.decidedAt === null ? "not decided yet" : `decided ${order.decidedAt}`,
    ...(order.paidAt === null ? [] : [`paid ${order.paidAt}`]),
    ...(order.payBy === null ? [] : [`to be paid by ${order.payBy}`]),
  ];
  const head = ["SKU", "ordered", "allocated", "waiting", "cancelled", "refunded", "restocked"];
  const lines = order.lines.map((line) => [
    line.sku,
    line.quantity,
    line.allocated,
    line.preOrdered,
    line.cancelled,
    line.refunded,
    line.restocked,
  ]);
  return [
    `Order ${order.reference} is ${order.status}.`,
    ...section("", [`id ${order.id}`, ...times, `job ${order.jobId}`]).slice(1),
    ...section("Lines", inColumns([head, ...lines])),
    ...section(
      "Why it was rejected",
      order.shortages.map(
        ({ skus, reason, requested, available }) =>
          `${skus.join(", ")}: ${reason}; ${requested} requested, ${available} available`,
      ),
    ),
    ...section(
      "What happened",
      inColumns(
        order.statusLog.map(({ at, status, actor, note, lines: units }) => [
          at,
          status,
          actor,
          [
            ...(units ?? []).map(({ sku, quantity }) => `${quantity} of ${sku}`),
            ...(note === null ? [] : [note]),
          ].join(", "),
        ]),
        200,
      ),
    ),
  ];
}
