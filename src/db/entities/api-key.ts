// A key of the HTTP API: its public prefix, by which it is found, and the hash of its secret.

import { randomUUIDv7 } from "node:crypto";
import { defineEntity, p } from "@mikro-orm/core";
import { createdAt, instant } from "./instants.ts";

const schema = defineEntity({
  name: "ApiKey",
  tableName: "api_key",
  indexes: [
    {
      name: "api_key_name",
      properties: ["name"],
      expression:
        "create unique index api_key_name on api_key (lower(name)) where revoked_at is null",
    },
  ],
  checks: [
    {
      name: "api_key_expires_after_it_was_made",
      expression: "expires_at > created_at",
    },
  ],
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => randomUUIDv7()),
    name: p.text(),
    prefix: p.text().unique(),
    secretHash: p.blob().hidden(),
    scopes: p.array(),
    createdAt: createdAt(),
    createdBy: p.text(),
    revokedAt: instant().nullable(),
    expiresAt: instant().nullable(),
    /** Accurate to about two minutes. */
    lastUsedAt: instant().nullable(),
  },
});

/** An API key. A revoked key is kept, so that the records of what it did still have its name. */
export class ApiKey extends schema.class {}
schema.setClass(ApiKey);
