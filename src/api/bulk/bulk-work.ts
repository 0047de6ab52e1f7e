// What all bulk requests have in common: few run at once, the alerts that they open are announced, and each item has an
// outcome in the reply.

import type { AlertToCheck } from "../../db/alerts/record-transition.ts";
import { ItemsRefused } from "../../db/write-in-groups.ts";
import type { Refusal } from "../../domain/refusal.ts";
import { createAdmission } from "../../flow/admission.ts";
import { announceAlerts } from "../../queues/announce-alerts.ts";
import type { ApiContext } from "../context.ts";
import type { Call, Reply } from "../http/endpoint.ts";
import { keyReused } from "../http/idempotency-claim.ts";
import { Problem } from "../http/problem.ts";
import {
  type BulkWords,
  type JudgedItem,
  outcomesOf,
  problemOfRefused,
  refuseInvalid,
  validItems,
} from "./bulk-items.ts";

/** Requests that are carried out at once, so that most connections stay free for others; and those that wait. */
const admission = { weightMax: 2, waitingMax: 32, waitMsMax: 10_000 };

/**
 * How many items a transaction writes. Orders that wait for a level of a group are held up for as long as the group
 * holds it. Half of the 50 ms that they may wait leaves room for a machine that is suddenly busy.
 */
export const bulkPace = { weightMin: 10, weightMax: 1_000, weightFirst: 100, heldMs: 25 };

/** The same of products: the first group has up to 1,000 if they are new. */
export const productPace = { ...bulkPace, weightFirst: 200 };

/** The items of a request, and what is done with them. */
export type BulkRequest<Item, Done extends object> = {
  readonly judged: readonly JudgedItem<Item>[];
  readonly atomic: boolean;
  /** Writes the valid items, and resolves with their outcomes. It tells alerts to check. */
  readonly write: (
    items: readonly Item[],
    onAlerts: (alerts: readonly AlertToCheck[]) => void,
  ) => Promise<
    readonly (Done | { readonly sku: string; readonly refusal: Refusal })[] | "key-reused"
  >;
  readonly toReply: (outcome: Done) => object;
};

/** Carries out the bulk requests of one endpoint. Throws a problem if the whole request is refused. */
export type BulkWork = <Item, Done extends object>(
  call: Pick<Call<unknown, unknown, unknown>, "actor" | "origin">,
  request: BulkRequest<Item, Done>,
) => Promise<Reply>;

/** Creates the work of one endpoint. */
export function createBulkWork(
  { backend, log }: Pick<ApiContext, "backend" | "log">,
  words: BulkWords,
): BulkWork {
  const admit = createAdmission({ ...admission, refusal: () => tooMany(words) });
  return async ({ actor, origin }, { judged, atomic, write, toReply }) => {
    if (atomic) refuseInvalid(judged, words);
    const alerts: AlertToCheck[] = [];
    try {
      const work = () => write(validItems(judged), (found) => void alerts.push(...found));
      const done = await admit(1, work, [actor.label, origin()]);
      if (done === "key-reused") throw keyReused();
      return { status: 200, body: { outcomes: outcomesOf(judged, done, toReply) } };
    } catch (error) {
      throw error instanceof ItemsRefused ? problemOfRefused(error, words) : error;
    } finally {
      // Groups that were written stay so if a later one fails.
      await announceAlerts(backend, alerts, log);
    }
  };
}

function tooMany({ list, done }: BulkWords): Problem {
  return new Problem(
    "unavailable",
    `This process works on as many ${list} as it can; none of these was ${done}. Send the same request again.`,
  );
}
