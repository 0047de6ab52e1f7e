// The endpoints of many mails at once: failed or chosen ones are sent again, and those that wait are tried now.

import { readMailFacts, readWaitingMails } from "../../db/mails/read-retries.ts";
import { type ResentMail, writeResends } from "../../db/mails/write-resends.ts";
import { announceOrLeaveToSweeper } from "../../queues/announce-or-leave-to-sweeper.ts";
import { beginMails } from "../../queues/begin-mail.ts";
import { mailJob } from "../../queues/jobs/send-mail.ts";
import {
  mailChoiceSchema,
  mailsAtOnceMax,
  mailsResentSchema,
  mailsTriedSchema,
} from "../../contract/mails.ts";
import type { ApiContext } from "../context.ts";
import { endpoint, type Endpoint } from "../http/endpoint.ts";
import { idempotencyClaim, keyReused } from "../http/idempotency-claim.ts";
import { mailNotFound, notResent } from "./mail-endpoints.ts";

const tag = "Mails";

/** `POST /mails/resend`. */
export function resendMailsEndpoint({ pool, backend, log }: ApiContext): Endpoint {
  return endpoint({
    method: "post",
    path: "/mails/resend",
    permission: "mails:write",
    headers: ["idempotency-key"],
    tag,
    summary: `Send up to ${mailsAtOnceMax} mails again`,
    description: `Without \`ids\`: the failed mails that were not sent again yet, the oldest ${mailsAtOnceMax}. These are the ones that \`GET /overview\` counts; a mail about an item that was deleted or hidden is not among them. With \`ids\`: each of these as \`POST /mails/{id}/resend\` does, with an outcome for each. Send an \`Idempotency-Key\` if you name mails, so that a repeated request writes no second copy.`,
    bodySchema: mailChoiceSchema,
    replies: {
      200: { description: "An outcome for each mail.", schema: mailsResentSchema },
      409: { description: "The Idempotency-Key belongs to another request." },
    },
    async handle(call) {
      const { ids } = call.body;
      const claim = idempotencyClaim(call, "send mails again", JSON.stringify(call.body));
      const written = await writeResends(pool, { ids, max: mailsAtOnceMax }, claim);
      if (written === "key-reused") throw keyReused();
      const { asked, resent, left } = written;
      await announceOrLeaveToSweeper(
        backend.queues["send-mail"],
        resent.map((mail) => mailJob(mail)),
        log,
      );
      const refused = await readRefused({ pool }, asked, resent);
      const copyOf = new Map(resent.map((mail) => [mail.of, mail.id]));
      const outcomes = asked.map((id) => {
        const resentAs = copyOf.get(id);
        return resentAs === undefined ? { id, problem: refused(id) } : { id, resentAs };
      });
      return { status: 200, body: { outcomes, failedLeft: left } };
    },
  });
}

/** Finds why the others of the mails were not written again. */
async function readRefused(
  { pool }: Pick<ApiContext, "pool">,
  asked: readonly string[],
  resent: readonly ResentMail[],
) {
  const done = new Set(resent.map(({ of }) => of));
  const others = asked.filter((id) => !done.has(id));
  const facts = others.length === 0 ? [] : await readMailFacts(pool, others);
  const byId = new Map(facts.map((mail) => [mail.id, mail]));
  return (id: string) => {
    const mail = byId.get(id);
    return (mail === undefined ? mailNotFound(id) : notResent(mail)).toJSON();
  };
}

/** `POST /mails/try-now`. */
export function tryMailsNowEndpoint({ pool, backend }: ApiContext): Endpoint {
  return endpoint({
    method: "post",
    path: "/mails/try-now",
    permission: "mails:write",
    tag,
    summary: `Try up to ${mailsAtOnceMax} waiting mails now`,
    description: `A mail that the mail server did not take waits for its next attempt, from seconds up to half an hour. This lets the attempt begin at once: for these mails, or for all that wait, the oldest ${mailsAtOnceMax}. It is one of the ten attempts of the mail. Mails that do not wait are left out.`,
    bodySchema: mailChoiceSchema,
    replies: {
      200: { description: "The mails that are tried now.", schema: mailsTriedSchema },
      503: { description: "The queue store does not answer; send the same request again." },
    },
    async handle({ body: { ids } }) {
      const { mails, left } = await readWaitingMails(pool, ids, mailsAtOnceMax);
      const begun = await beginMails(backend.queues["send-mail"], mails);
      return { status: 200, body: { tried: begun.map(({ id }) => id), left } };
    },
  });
}
