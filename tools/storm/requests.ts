// The unusual requests of a storm: orders repeated at once, other bodies under a known reference, bulks, cancellations,
// refunds, adjustments, receipts, edits of products and invitations. Each is sent again until it is answered for good.

import { setTimeout as sleep } from "node:timers/promises";
import * as z from "zod";
import {
  type Answer,
  isAccepted,
  isFinal,
  type JournalEntry,
  type OrderLine,
  retryPauseMs,
} from "../lab/clients.ts";
import type { LabProduct } from "../lab/shop.ts";
import type { ChangeKind, RequestKind } from "./faults.ts";
import { type FullAnswer, send, type Sending } from "./send.ts";

/** A change that was asked for, and its answers. The note of its movements names it, if it makes some. */
export type Change = {
  readonly kind: ChangeKind;
  readonly note: string;
  /** The order that it cancels or refunds. */
  readonly order?: string;
  readonly answers: Answer[];
};

/** What the requests are made of. */
export type RequestsOptions = {
  readonly apis: () => readonly string[];
  readonly products: readonly LabProduct[];
  readonly nextLines: () => readonly OrderLine[];
  /** Orders that the clients have placed. */
  readonly placed: readonly JournalEntry[];
  readonly answerMsMax: number;
};

/** The unusual requests, and what came of them. */
export type Requests = {
  /** Begins the request of this kind. It goes on until it is answered for good. */
  begin(kind: RequestKind, roll: number): void;
  /** The orders that were placed in unusual ways. */
  readonly orders: readonly JournalEntry[];
  readonly changes: readonly Change[];
  /** Resolves when each request is answered for good, or rejects after `withinMs`. */
  finish(withinMs: number): Promise<void>;
};

const orderSchema = z.object({ id: z.string(), reference: z.string(), status: z.string() });
const bulkSchema = z.object({
  outcomes: z.array(
    z.union([
      orderSchema.transform((order) => ({ status: 200, order })),
      z
        .object({ problem: z.object({ status: z.number() }) })
        .transform(({ problem }) => ({ status: problem.status, order: undefined })),
    ]),
  ),
});
const bulkOrders = 20;

/** Prepares the requests. None is sent yet. */
export function createRequests(options: RequestsOptions): Requests {
  const { apis, products, nextLines, placed, answerMsMax } = options;
  const orders: JournalEntry[] = [];
  const changes: Change[] = [];
  const open = new Set<Promise<void>>();
  let isGivenUp = false;
  let number = 0;

  /** Sends until it is answered for good. Each answer goes to `onAnswer`, which may say that it is not. */
  const insist = async (
    sending: Sending,
    turn: number,
    onAnswer: (answer: FullAnswer) => boolean | number,
  ): Promise<void> => {
    for (let attempt = 0; !isGivenUp; attempt += 1) {
      const living = apis();
      const api = living[(turn + attempt) % Math.max(living.length, 1)];
      if (api !== undefined) {
        const answer = await send(api, sending, answerMsMax);
        const isWhole = onAnswer(answer);
        if (isFinal(answer) && isWhole !== false) return;
      }
      await sleep(retryPauseMs(attempt));
    }
  };
  const newOrder = (): JournalEntry => {
    number += 1;
    const entry = { reference: `storm-order-${number}`, lines: nextLines(), answers: [] };
    orders.push(entry);
    return entry;
  };
  const acceptedOrder = (roll: number): (JournalEntry & { readonly id: string }) | undefined => {
    // The clients' last thousand orders: some are not decided yet.
    const recent = placed.slice(-1_000);
    const entry = recent[roll % Math.max(recent.length, 1)];
    const id = entry?.answers.find(isAccepted)?.order?.id;
    return entry === undefined || id === undefined ? undefined : { ...entry, id };
  };
  const change = (
    kind: ChangeKind,
    turn: number,
    sending: Sending,
    order?: string,
    note = sending.idempotencyKey ?? "",
  ) => {
    const entry: Change = {
      kind,
      note,
      ...(order === undefined ? {} : { order }),
      answers: [],
    };
    changes.push(entry);
    return insist(sending, turn, (answer) => entry.answers.push(answer));
  };

  /** The same order at both APIs at once. */
  const repeatAtOnce = async (): Promise<void> => {
    const { reference, lines, answers } = newOrder();
    const sending = { method: "POST", path: "/orders", body: { reference, lines } };
    const keep = (answer: FullAnswer) =>
      answers.push({ ...answer, order: orderSchema.safeParse(answer.body).data });
    await Promise.all([0, 1, 0, 1].map((turn) => insist(sending, turn, keep)));
  };
  const placeBulk = (turn: number): Promise<void> => {
    const entries = Array.from({ length: bulkOrders }, newOrder);
    const body = { orders: entries.map(({ reference, lines }) => ({ reference, lines })) };
    return insist({ method: "POST", path: "/orders/bulk", body }, turn, (answer) => {
      const outcomes = bulkSchema.safeParse(answer.body).data?.outcomes ?? [];
      for (const [index, { answers }] of entries.entries()) {
        answers.push({ ...answer, ...outcomes[index] });
      }
      return entries.every(({ answers }) => answers.some(isFinal));
    });
  };
  const otherBody = (roll: number): Promise<void> => {
    const known = acceptedOrder(roll);
    if (known === undefined) return Promise.resolve();
    const lines = [{ sku: known.lines[0]?.sku ?? "", quantity: 999 }];
    const body = { reference: known.reference, lines };
    return change("other body", roll, { method: "POST", path: "/orders", body });
  };
  const endOrder = (kind: "cancel" | "refund", roll: number): Promise<void> => {
    const known = acceptedOrder(roll);
    if (known === undefined) return Promise.resolve();
    number += 1;
    const idempotencyKey = `storm-${kind}-${number}`;
    const body = { restock: true, note: idempotencyKey };
    const path = `/orders/${known.id}/${kind}`;
    return change(kind, roll, { method: "POST", path, body, idempotencyKey }, known.id);
  };
  const changeStock = (kind: "adjust" | "receive" | "save product", roll: number) => {
    number += 1;
    const product = products[roll % products.length];
    if (product === undefined) return Promise.resolve();
    const { sku, threshold } = product;
    const note = `storm-${kind.replace(" ", "-")}-${number}`;
    switch (kind) {
      case "adjust": {
        const path = `/stock/${sku}/adjustments`;
        const body = { delta: 1 + (roll % 5), note };
        return change(kind, roll, { method: "POST", path, body, idempotencyKey: note });
      }
      case "receive": {
        const body = { reference: note, note, lines: [{ sku, units: 1 + (roll % 5) }] };
        const path = "/receipts";
        return change(kind, roll, { method: "POST", path, body, idempotencyKey: note });
      }
      case "save product": {
        const body = { name: note, stockAlertThreshold: threshold };
        return change(kind, roll, { method: "PUT", path: `/products/${sku}`, body });
      }
    }
  };
  /** Its mail has a one-time link. */
  const invite = (roll: number): Promise<void> => {
    number += 1;
    const note = `storm-invite-${number}`;
    const body = { email: `${note}@example.com`, name: note, groups: [], invite: true };
    return change("invite", roll, { method: "POST", path: "/admin-users", body }, undefined, note);
  };
  const make = (kind: RequestKind, roll: number): Promise<void> => {
    switch (kind) {
      case "order repeated at once":
        return repeatAtOnce();
      case "bulk":
        return placeBulk(roll);
      case "other body":
        return otherBody(roll);
      case "cancel":
      case "refund":
        return endOrder(kind, roll);
      case "adjust":
      case "receive":
      case "save product":
        return changeStock(kind, roll);
      case "invite":
        return invite(roll);
    }
  };

  return {
    begin(kind, roll) {
      const going = make(kind, roll).finally(() => open.delete(going));
      open.add(going);
    },
    orders,
    changes,
    async finish(withinMs) {
      const timer = setTimeout(() => {
        isGivenUp = true;
      }, withinMs);
      await Promise.all(open);
      clearTimeout(timer);
      if (isGivenUp) {
        throw new Error(
          `Expected each change to be answered for good within ${withinMs} ms; one was not.`,
        );
      }
    },
  };
}
