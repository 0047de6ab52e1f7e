// The endpoint that adjusts many counts by one request, for stocktakings and for systems that keep the counts.

import { defaultReason } from "../../domain/stock/stock-reason.ts";
import {
  AdjustmentsRefused,
  adjustInBulk,
  type BulkAdjusted,
} from "../../db/stock/adjust-in-bulk.ts";
import type { UnitsAdjustment } from "../../db/stock/adjust-units.ts";
import type { AlertToCheck } from "../../db/alerts/record-transition.ts";
import { createAdmission } from "../../flow/admission.ts";
import { createGroupPace } from "../../flow/group-pace.ts";
import { announceAlerts } from "../../queues/announce-alerts.ts";
import {
  bulkAdjustedSchema,
  bulkAdjustmentSchema,
  bulkAdjustmentsMax,
  bulkAdjustmentsSchema,
} from "../../contract/stock-adjustments.ts";
import type { ApiContext } from "../context.ts";
import { endpoint, type Endpoint } from "../http/endpoint.ts";
import { idempotencyClaim, keyReused } from "../http/idempotency-claim.ts";
import { Problem } from "../http/problem.ts";
import { problemOfRefusal } from "../http/problem-of-refusal.ts";
import { parsePart } from "../http/validate.ts";
import { toRequest } from "./stock-endpoints.ts";

/**
 * Orders that wait for a level of a group are held up for as long as the group holds it. Half of the 50 ms that they may
 * wait leaves room for a machine that is suddenly busy.
 */
const pace = { weightMin: 10, weightMax: bulkAdjustmentsMax, weightFirst: 100, heldMs: 25 };

/** Requests that are carried out at once, so that most connections stay free for others; and those that wait. */
const admission = { weightMax: 2, waitingMax: 32, waitMsMax: 10_000 };

/** An adjustment of the request, or why it is not valid. */
type Judged = UnitsAdjustment | { readonly sku: string | null; readonly problem: Problem };

/** `POST /stock/adjustments`. */
export function adjustStockInBulkEndpoint({ pool, backend, log }: ApiContext): Endpoint {
  const admit = createAdmission({ ...admission, refusal: tooMany });
  const groups = createGroupPace(pace);
  return endpoint({
    method: "post",
    path: "/stock/adjustments",
    permission: "stock:write",
    tag: "Stock",
    summary: "Adjust up to 1,000 stock levels",
    description:
      "Each adjustment follows the rules of `POST /stock/{sku}/adjustments`. The answer has an outcome for each, in the same order. With `atomic` all are made or none. Without it each is made or refused on its own, in several transactions, so that orders are not held up. Then an alert is opened by what a count is after its transaction. Send an `Idempotency-Key`: after a 500 or a 503 the same request goes on with what was not adjusted yet, and nothing is adjusted twice.",
    bodySchema: bulkAdjustmentsSchema,
    replies: {
      200: { description: "An outcome for each adjustment.", schema: bulkAdjustedSchema },
      409: {
        description:
          "An Idempotency-Key of another request; or, with `atomic`, some adjustments are refused, as `errors` says, and nothing was changed.",
      },
      422: { description: "The request is not valid; nothing was changed." },
      503: { description: "Too many such requests at once: send the same request again." },
    },
    async handle(call) {
      const { body, actor } = call;
      const claim = idempotencyClaim(call, "adjust in bulk", JSON.stringify(body));
      const judged = body.adjustments.map((raw) => judge(raw, actor.label));
      if (body.atomic) refuseInvalid(judged);
      const adjustments = judged.flatMap((one) => ("problem" in one ? [] : [one]));
      const alerts: AlertToCheck[] = [];
      const onAlerts = (found: readonly AlertToCheck[]) => alerts.push(...found);
      const bulk = { adjustments, atomic: body.atomic, actor: actor.label, claim, onAlerts };
      try {
        const work = () => adjustInBulk(pool, { ...bulk, pace: groups });
        const done = await admit(1, work, [actor.label, call.origin()]);
        if (done === "key-reused") throw keyReused();
        return { status: 200, body: { outcomes: inOrder(judged, done) } };
      } catch (error) {
        throw error instanceof AdjustmentsRefused ? refusedAll(error) : error;
      } finally {
        // Groups that were written stay so if a later one fails.
        await announceAlerts(backend, alerts, log);
      }
    },
  });
}

function judge(raw: unknown, actor: string): Judged {
  try {
    const {
      sku,
      kind,
      reason,
      note = null,
      ...units
    } = parsePart(bulkAdjustmentSchema, raw, "body");
    const request = toRequest(units);
    return { sku, request, kind, actor, reason: reason ?? defaultReason(kind, request), note };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const named = bulkAdjustmentSchema.shape.sku.safeParse(
      typeof raw === "object" && raw !== null && "sku" in raw ? raw.sku : undefined,
    );
    return { sku: named.success ? named.data : null, problem: error };
  }
}

function refuseInvalid(judged: readonly Judged[]): void {
  const errors = judged.flatMap((one, at) =>
    "problem" in one
      ? one.problem.errors.map((fault) => ({
          ...fault,
          pointer: `/adjustments/${at}${fault.pointer}`,
        }))
      : [],
  );
  if (errors.length === 0) return;
  const detail = "Some adjustments are not valid, so none was made; see errors.";
  throw new Problem("validation-failed", detail, { errors });
}

/** The problem of an atomic request: that of its refused adjustments if they agree, else a conflict. */
function refusedAll({ refusals }: AdjustmentsRefused): Problem {
  const problems = refusals.map(({ at, refusal }) => ({ at, problem: problemOfRefusal(refusal) }));
  const errors = problems.map(({ at, problem }) => ({
    pointer: `/adjustments/${at}`,
    detail: problem.message,
    type: problem.toJSON().type,
  }));
  const detail = `${refusals.length === 1 ? "1 adjustment is" : `${refusals.length} adjustments are`} refused, so none was made; see errors. Correct or leave out what they name, and send the rest again.`;
  return new Problem("conflict", detail, { errors });
}

/** The outcomes in the order of the request. Adjustments that are not valid have none of the database's. */
function inOrder(judged: readonly Judged[], done: readonly BulkAdjusted[]): unknown[] {
  const outcomes = done.values();
  return judged.map((one) => {
    if ("problem" in one) return { sku: one.sku, problem: one.problem.toJSON() };
    const outcome = outcomes.next().value;
    if (outcome === undefined) throw new Error(`Expected an outcome for ${one.sku}; got none.`);
    return toOutcomeReply(outcome);
  });
}

function toOutcomeReply(outcome: BulkAdjusted) {
  if ("refusal" in outcome) {
    return { sku: outcome.sku, problem: problemOfRefusal(outcome.refusal).toJSON() };
  }
  const { holder, ...counts } = outcome;
  return { ...counts, holder: { kind: holder.isVariant ? "variant" : "product", sku: holder.sku } };
}

function tooMany(): Problem {
  return new Problem(
    "unavailable",
    "This process is adjusting as many counts as it can; none of this request was adjusted. Send the same request again.",
  );
}
