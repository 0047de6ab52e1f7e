// The endpoint that mails an order to a supplier.

import { supplierMailRequestSchema, supplierMailSchema } from "../../contract/supplier-mails.ts";
import { readStore } from "../../db/store/store-settings.ts";
import { writeSupplierMail } from "../../db/mails/write-supplier-mail.ts";
import { supplierOrderTemplate } from "../../emails/supplier-order/supplier-order-template.ts";
import { announceOrLeaveToSweeper } from "../../queues/announce-or-leave-to-sweeper.ts";
import { mailJob } from "../../queues/jobs/send-mail.ts";
import type { ApiContext } from "../context.ts";
import { endpoint, type Endpoint } from "../http/endpoint.ts";
import { idempotencyClaim, keyReused } from "../http/idempotency-claim.ts";

/** `POST /supplier-mails`. */
export function mailSupplierEndpoint(context: ApiContext): Endpoint {
  const { pool, orm, backend, config, publicUrl, log } = context;
  return endpoint({
    method: "post",
    path: "/supplier-mails",
    permission: "mails:write",
    headers: ["idempotency-key"],
    tag: "Mails",
    summary: "Mail an order to a supplier",
    description:
      "Writes a mail with the items as a table and as a CSV file. It is sent as any other mail: it is in the log, and is tried again if the mail server does not take it. It changes no count and expects no delivery; `POST /expected-deliveries` does. Send an `Idempotency-Key`, so that a repeated request writes no second mail. A store writes at most 100 of these mails in an hour.",
    bodySchema: supplierMailRequestSchema,
    replies: {
      202: { description: "The mail, which will be sent.", schema: supplierMailSchema },
      409: { description: "The Idempotency-Key belongs to another request." },
      422: { description: "Some lines could not be received; nothing was written." },
      429: {
        description: "100 such mails were written within an hour. See Retry-After.",
      },
    },
    async handle(call) {
      const { body } = call;
      const { to, subject, message, lines } = body;
      const claim = idempotencyClaim(call, "mail supplier", JSON.stringify(body));
      const { name } = await readStore(orm);
      const store = { name, adminUrl: `${publicUrl()}/admin` };
      const messageIdHost = config.MAIL_FROM.slice(config.MAIL_FROM.indexOf("@") + 1);
      const written = await writeSupplierMail(
        pool,
        {
          to,
          subject,
          lines,
          messageIdHost,
          compose: (named) => ({
            templateCode: supplierOrderTemplate.code,
            data: {
              store,
              recipient: { name: to, email: to },
              order: { subject, message },
              lines: named,
            },
          }),
        },
        claim,
      );
      if (written === "key-reused") throw keyReused();
      const { id } = written;
      const work = mailJob({ id, to, about: subject });
      await announceOrLeaveToSweeper(backend.queues["send-mail"], [work], log);
      return {
        status: 202,
        body: { mail: id, to },
        headers: { Location: `/api/v1/mails/${id}` },
      };
    },
  });
}
