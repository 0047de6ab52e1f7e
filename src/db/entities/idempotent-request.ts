// An answer that was given to a request with an idempotency key, to be given again when it is repeated.

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

/** A remembered answer. The fingerprint tells a repetition from another request with the same key. */
export class IdempotentRequest extends schema.class {}
schema.setClass(IdempotentRequest);
