// The facts of a refusal that its problem tells beside the sentence, so that a client can say it in its own words. Facts
// that stand in `problem-of-refusal.ts` because only some of such refusals have them are not repeated here.

import type { Refusal } from "../../domain/refusal.ts";

/** The facts, by the names of the problem's members. */
export function factsOf(refusal: Refusal): Readonly<Record<string, unknown>> {
  if (refusal.kind === "unknown") return { resource: refusal.what };
  if (refusal.kind === "variant-not-product") return { product: refusal.product };
  if (refusal.kind === "wrong-status") return { orderStatus: refusal.status };
  if (refusal.kind === "too-many-members") return { membersMax: refusal.membersMax };
  if (refusal.kind === "too-many-supplier-mails") {
    return { mailsMax: refusal.mailsMax, waitSeconds: refusal.waitSeconds };
  }
  return "permissions" in refusal ? { permissions: refusal.permissions } : {};
}
