// The endpoint by which a checkout, a payment provider or a person reports that an order was paid. Providers send the
// same report several times, so it is safe to repeat without a key.

import { type PaidOrder, payOrder } from "../../db/orders/pay-order.ts";
import type { StoredOrder } from "../../db/orders/read-orders.ts";
import { announceOrLeaveToSweeper } from "../../queues/announce-or-leave-to-sweeper.ts";
import { newJobId, ordersJob } from "../../queues/jobs/process-order.ts";
import {
  acceptedOrderSchema,
  orderPathSchema,
  orderSchema,
  paymentSchema,
} from "../../contract/orders.ts";
import type { CheckedAvailabilityReply } from "../../contract/availability.ts";
import { checkLines } from "../availability/check-lines.ts";
import type { ReadItems } from "../availability/item-reader.ts";
import type { ApiContext } from "../context.ts";
import { endpoint, type Endpoint, type Reply } from "../http/endpoint.ts";
import { Problem } from "../http/problem.ts";
import { problemOfRefusal } from "../http/problem-of-refusal.ts";
import { awaitDecision } from "./await-decision.ts";
import type { DecisionWait } from "./decision-waiters.ts";
import { rejectionOf, toOrderReply } from "./order-reply.ts";
import { awaitKnown, shortAnswer } from "./place-order.ts";
import { preferredWaitMs } from "../http/prefer.ts";
import type { Placing } from "./placing.ts";

type PayContext = Pick<ApiContext, "pool" | "backend" | "log"> & {
  readonly placing: Placing;
  readonly readItems: ReadItems;
};

/** `POST /orders/{id}/pay`. */
export function payOrderEndpoint(context: PayContext): Endpoint {
  return endpoint({
    method: "post",
    path: "/orders/:id/pay",
    permission: "orders:write",
    orPermissions: ["orders:manage"],
    headers: ["prefer"],
    tag: "Orders",
    summary: "Report that an order was paid",
    description:
      "If the order was `awaiting-payment`, it takes its stock now, and the answer is as for a new order: 202, or with `Prefer: wait=5` the decision. Otherwise the order is marked as paid. However often it is sent, it takes effect once, and the answer is the order as it is. An order that was not paid by `payBy` has expired: the answer says what can be had now, and `retake` takes it once more.",
    pathSchema: orderPathSchema,
    bodySchema: paymentSchema,
    replies: {
      200: { description: "The order as it is now.", schema: orderSchema },
      202: { description: "Paid, but not decided yet.", schema: acceptedOrderSchema },
      404: { description: "There is no such order." },
      409: {
        description:
          "The payment came too late (expired, with `lines` and whether it is `retakeable`). Or the stock was gone and the order is rejected (out-of-stock, with `refundDue`). Or the order has ended otherwise (wrong-status).",
        problems: ["expired", "out-of-stock", "wrong-status"],
      },
    },
    async handle({ path: { id }, body, actor, header }) {
      const waitMs = preferredWaitMs(header("prefer"));
      const payment = {
        id,
        actor: actor.label,
        note: body?.note ?? null,
        awaited: waitMs > 0,
        jobId: newJobId(),
      };
      // The wait begins before the order can be decided.
      const wait = waitMs > 0 ? context.placing.waiters.waitFor(id) : undefined;
      try {
        const paid = await pay(context, payment, body?.retake ?? false);
        if (paid.kind === "take") announce(context, payment, paid);
        return answer(await readPaid(context, { id, paid, wait, waitMs }));
      } finally {
        wait?.cancel();
      }
    },
  });
}

type PaymentOf = Omit<Parameters<typeof payOrder>[1], "retake">;

/** Pays the order. An expired one is taken once more if that is wanted and possible; else throws what can be had now. */
async function pay(
  { pool, placing, readItems }: PayContext,
  payment: PaymentOf,
  retake: boolean,
): Promise<Exclude<PaidOrder, { readonly kind: "expired" }>> {
  const paid = await payOrder(pool, { ...payment, retake: false });
  if (paid.kind !== "expired") return paid;
  const order = await readStored(placing, payment.id);
  const items = await readItems([...new Set(order.lines.map(({ sku }) => sku))]);
  const now = checkLines(order.lines, items);
  if (retake && paid.isRetakeable && now.acceptable) {
    const again = await payOrder(pool, { ...payment, retake });
    if (again.kind !== "expired") return again;
  }
  throw expiredProblem(order, now, paid.isRetakeable);
}

/** The reply doesn't wait for the queue: the row is durable, and the sweeper finds orders without a job. */
function announce(
  { backend, log }: PayContext,
  { id, jobId, awaited }: PaymentOf,
  { reference, lines }: Extract<PaidOrder, { readonly kind: "take" }>,
): void {
  const job = ordersJob(jobId, [{ id, reference, lines, awaited }]);
  void announceOrLeaveToSweeper(backend.queues["process-order"], [job], log);
}

type PaidWait = {
  readonly id: string;
  readonly paid: PaidOrder;
  readonly wait: DecisionWait | undefined;
  readonly waitMs: number;
};

/** Reads the order, after its decision if the client waits for it. */
async function readPaid(
  { placing }: PayContext,
  { id, paid, wait, waitMs }: PaidWait,
): Promise<StoredOrder> {
  if (wait === undefined) return readStored(placing, id);
  const decided =
    paid.kind === "take"
      ? await awaitDecision(placing.readOrder, id, wait, waitMs)
      : await awaitKnown(placing, id, waitMs);
  return decided ?? (await readStored(placing, id));
}

async function readStored({ readOrder }: Placing, id: string): Promise<StoredOrder> {
  const order = await readOrder(id);
  if (order === null) throw problemOfRefusal({ kind: "unknown", what: "order", key: id });
  return order;
}

function answer(order: StoredOrder): Reply {
  if (order.status === "rejected") throw rejectionOf(order);
  if (order.status === "pending") return shortAnswer(order, order.reference);
  return { status: 200, body: toOrderReply(order) };
}

/** The problem of a payment that came too late, with what an order of the same lines would get now. */
function expiredProblem(
  { id, reference, status, payBy }: StoredOrder,
  { acceptable, lines }: CheckedAvailabilityReply,
  isWhole: boolean,
): Problem {
  const retakeable = isWhole && acceptable;
  const until = payBy === null ? "" : ` by ${payBy.toISOString()}`;
  return new Problem(
    "expired",
    `The order was not paid${until} and has expired; nothing was changed. ${adviceOf(isWhole, acceptable)}`,
    { extra: { orderId: id, reference, orderStatus: status, retakeable, lines } },
  );
}

function adviceOf(isWhole: boolean, acceptable: boolean): string {
  if (!acceptable) {
    return "Not all of it can be had now: give the payment back. What can be had, see lines, can be sent as a new order.";
  }
  return isWhole
    ? "All of it can be had now: send the request again with retake true, or give the payment back."
    : "A part of it was given up or deleted before, so it can't be taken once more. Send what is wanted as a new order, or give the payment back.";
}
