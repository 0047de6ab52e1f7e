// Clients of the laboratory: checkouts that place orders at a steady rate and write down every answer. As a checkout
// does, they send an order again until it was accepted or refused for good.

import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import * as z from "zod";
import { labKey } from "./lab.ts";

/** One answer to a request, or that there was none in time. Times are in milliseconds since 1970. */
export type Answer = {
  /** The status; null if the connection ended or the bound passed. */
  readonly status: number | null;
  readonly sentAt: number;
  readonly endedAt: number;
  /** Whether no answer came within the bound. A connection that ends is an answer: a client can send again. */
  readonly isLate: boolean;
  /** The order as the answer tells it. */
  readonly order?: { readonly id: string; readonly status: string } | undefined;
  /** The text of a problem. */
  readonly detail?: string | undefined;
};

/** An order that a client placed, and every answer that it got. */
export type JournalEntry = {
  readonly reference: string;
  readonly lines: readonly OrderLine[];
  readonly answers: Answer[];
};

/** A line of a request. */
export type OrderLine = { readonly sku: string; readonly quantity: number };

/** What the clients do. */
export type ClientOptions = {
  /** The APIs that answer now. A client takes them in turn. */
  readonly apis: () => readonly string[];
  /** The lines of the next order. */
  readonly nextLines: () => readonly OrderLine[];
  readonly ordersPerSecond: number;
  /** Whether the order numbered so waits for its decision (`Prefer: wait`). */
  readonly waits?: (number: number) => boolean;
  /** While so many orders wait for an answer for good, no other is placed. */
  readonly openMax?: number;
  /** The bound on an answer in milliseconds. */
  readonly answerMsMax?: number;
};

/** Running clients. */
export type Clients = {
  readonly journal: readonly JournalEntry[];
  /** Starts no new order, and resolves when each has been accepted or refused, or rejects after `withinMs`. */
  finish(withinMs: number): Promise<void>;
};

const replySchema = z.object({ id: z.string(), status: z.string() });
const problemSchema = z.object({ detail: z.string() });
/** The pause before an order is sent again, in milliseconds: longer with each attempt. */
export const retryPauseMs = (attempt: number): number => Math.min(200 * 2 ** attempt, 2_000);

/** Starts clients. They run until `finish`. */
export function startClients(options: ClientOptions): Clients {
  const { openMax = Infinity } = options;
  const journal: JournalEntry[] = [];
  const placing = new Set<Promise<void>>();
  let isOver = false;
  let isGivenUp = false;

  const place = async (number: number): Promise<void> => {
    const entry: JournalEntry = {
      reference: `lab-${number}-${randomUUID()}`,
      lines: options.nextLines(),
      answers: [],
    };
    journal.push(entry);
    for (let attempt = 0; !isGivenUp; attempt += 1) {
      const apis = options.apis();
      const api = apis[(number + attempt) % Math.max(apis.length, 1)];
      if (api !== undefined) {
        const answer = await ask(api, entry, options, number);
        entry.answers.push(answer);
        if (isFinal(answer)) return;
      }
      await sleep(retryPauseMs(attempt));
    }
  };

  const run = async (): Promise<void> => {
    const started = performance.now();
    for (let number = 0; !isOver; number += 1) {
      const dueMs = (number * 1_000) / options.ordersPerSecond;
      await sleep(Math.max(1, started + dueMs - performance.now()));
      if (placing.size >= openMax) continue;
      const placed = place(number).finally(() => placing.delete(placed));
      placing.add(placed);
    }
  };
  const running = run();

  return {
    journal,
    async finish(withinMs) {
      isOver = true;
      await running;
      const timer = setTimeout(() => {
        isGivenUp = true;
      }, withinMs);
      await Promise.all(placing);
      clearTimeout(timer);
      const open = journal.filter(({ answers }) => !answers.some(isFinal));
      if (open.length > 0) {
        throw new Error(
          `Expected each order to be accepted or refused within ${withinMs} ms after the last was placed; ` +
            `${open.length} of ${journal.length} were not, such as ${JSON.stringify(open[0])}.`,
        );
      }
    },
  };
}

/** Whether the store has the order, by what the client was told. */
export const isAccepted = ({ status }: Answer): boolean =>
  status === 200 || status === 201 || status === 202;

/** Whether a client has no reason to send the order again. */
export const isFinal = (answer: Answer): boolean =>
  isAccepted(answer) ||
  (answer.status !== null && answer.status >= 400 && answer.status < 500 && answer.status !== 429);

async function ask(
  api: string,
  { reference, lines }: JournalEntry,
  { waits, answerMsMax = 15_000 }: ClientOptions,
  number: number,
): Promise<Answer> {
  const sentAt = Date.now();
  const bound = AbortSignal.timeout(answerMsMax);
  try {
    const response = await fetch(`${api}/api/v1/orders`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${labKey}`,
        "content-type": "application/json",
        ...(waits?.(number) === true ? { prefer: "wait=5" } : {}),
      },
      body: JSON.stringify({ reference, lines }),
      signal: bound,
    });
    const body: unknown = JSON.parse(await response.text());
    return {
      status: response.status,
      sentAt,
      endedAt: Date.now(),
      isLate: false,
      order: replySchema.safeParse(body).data,
      detail: problemSchema.safeParse(body).data?.detail,
    };
  } catch {
    return { status: null, sentAt, endedAt: Date.now(), isLate: bound.aborted };
  }
}
