// Clients that change stock, orders and products in each way that there is, until they are stopped. Each sends a change
// again, with the same key, until it is done or refused for good.

import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { isFinal, type JournalEntry, retryPauseMs } from "../../tools/lab/clients.ts";
import { type Lab, labKey } from "../../tools/lab/lab.ts";
import { createRandom } from "../../tools/random.ts";

/** Running clients. */
export type FeedWriters = {
  /** How many changes were done, by kind. */
  readonly done: Record<string, number>;
  stop(): Promise<void>;
};

type Change = { readonly method: string; readonly path: string; readonly body: object };
type Random = () => number;

/** Sends a change until it is done or refused. Resolves with whether it was done. */
async function make(lab: Lab, { method, path, body }: Change): Promise<boolean> {
  const key = randomUUID();
  for (let attempt = 0; ; attempt += 1) {
    const [api] = lab.apis();
    const status = await fetch(`${api ?? "http://127.0.0.1:9"}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${labKey}`,
        "content-type": "application/json",
        "idempotency-key": key,
      },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(15_000),
    }).then(
      async (response) => {
        await response.arrayBuffer();
        return response.status;
      },
      () => null,
    );
    if (isFinal({ status, sentAt: 0, endedAt: 0, isLate: false })) return (status ?? 500) < 300;
    await sleep(retryPauseMs(attempt));
  }
}

const skus = 20;
const someSku = (random: Random): string => `SKU-${1 + Math.floor(random() * skus)}`;
const units = (random: Random): number => 1 + Math.floor(random() * 40);

/** The next changes of each kind; none if there is nothing to change now. */
function changesOf(
  journal: readonly JournalEntry[],
): Readonly<Record<string, (random: Random) => readonly Change[]>> {
  let cancelled = 0;
  let made = 0;
  const post = (path: string, body: object): Change => ({ method: "POST", path, body });
  /** Every seventh order that was accepted. */
  const nextOrder = (): { id: string; lines: JournalEntry["lines"] } | undefined => {
    for (; cancelled < journal.length - 20; cancelled += 1) {
      const entry = journal[cancelled];
      const id = entry?.answers.find(({ order }) => order !== undefined)?.order?.id;
      if (entry === undefined || id === undefined) continue;
      cancelled += 7;
      return { id, lines: entry.lines };
    }
    return undefined;
  };
  return {
    adjustment: (random) => [
      post(`/stock/${someSku(random)}/adjustments`, {
        delta: random() < 0.4 ? -units(random) : units(random),
      }),
    ],
    "bulk count": (random) => [
      post("/stock/adjustments", {
        adjustments: Array.from({ length: skus }, (_, index) => ({
          sku: `SKU-${1 + index}`,
          ...(random() < 0.5 ? { set: units(random) * 10 } : { delta: units(random) }),
        })),
      }),
    ],
    "product edit": (random) => [
      {
        method: "PATCH",
        path: `/products/${someSku(random)}`,
        body: { name: `Name ${units(random)}`, unitsInStock: units(random) * 10 },
      },
    ],
    "new product": (random) => {
      made += 1;
      const product = { name: "New", unitsInStock: units(random), stockAlertThreshold: 0 };
      return [{ method: "PUT", path: `/products/NEW-${made}`, body: product }];
    },
    cancellation: () => {
      const order = nextOrder();
      if (order === undefined) return [];
      return cancelled % 2 === 0
        ? [post(`/orders/${order.id}/cancel`, { restock: true })]
        : [
            post(`/orders/${order.id}/cancel`, {}),
            post(`/orders/${order.id}/restock`, { lines: order.lines }),
          ];
    },
  };
}

/** Starts a client for each kind of change. The shop is the usual one of the laboratory. */
export function startFeedWriters(lab: Lab, journal: readonly JournalEntry[]): FeedWriters {
  const done: Record<string, number> = {};
  let isOver = false;
  const running = Object.entries(changesOf(journal)).map(async ([kind, next], number) => {
    const random = createRandom(number);
    done[kind] = 0;
    while (!isOver) {
      for (const change of next(random)) {
        if (!(await make(lab, change))) break;
        done[kind] += 1;
      }
      await sleep(50 + random() * 150);
    }
  });
  return {
    done,
    async stop() {
      isOver = true;
      await Promise.all(running);
    },
  };
}
