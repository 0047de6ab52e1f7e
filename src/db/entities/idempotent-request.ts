// The idempotency key of a request, and its response. See db/idempotency.ts.

import { defineEntity, p } from "@mikro-orm/core";
import { instant } from "./instants.ts";

const schema = defineEntity({
  name: "IdempotentRequest",
  tableName: "idempotent_request",
  indexes: [{ name: "idempotent_request_at", properties: ["at"] }],
  properties: {
    actor: p.text().primary(),
    key: p.text().primary(),
    fingerprint: p.blob(),
    response: p.json<unknown>().columnType("json"),
    at: instant().defaultRaw("now()"),
  },
});

/** A claimed key. `response` is JSON null as long as no response is kept. */
export class IdempotentRequest extends schema.class {}
schema.setClass(IdempotentRequest);
