// The queue stores that the queue tests run on, each suite apart from all others. They are meant for
// `describe.each(queueBackends)`, with `$name` in the title. PostgreSQL is always there. Where the run
// has no Redis, importing this file puts a skipped entry into the report of the importing test file.
import { randomBytes } from "node:crypto";
import { Redis } from "ioredis";
import { describe, expect, inject, it } from "vitest";
import { createTestDatabase } from "./database.ts";

/** A store that holds no job yet and that nobody else uses. */
export type QueueStore =
  | { readonly kind: "postgres"; readonly databaseUrl: string; discard(): Promise<void> }
  | {
      readonly kind: "redis";
      readonly redisUrl: string;
      /** Goes before every key, which keeps this store apart from others on the same server. */
      readonly prefix: string;
      discard(): Promise<void>;
    };

export interface QueueBackend {
  readonly name: "PostgreSQL" | "Redis";
  /** Makes a store of its own for a test or a suite, which discards it at its end. */
  create(): Promise<QueueStore>;
}

const postgres: QueueBackend = {
  name: "PostgreSQL",
  create: async () => {
    const database = await createTestDatabase();
    return { kind: "postgres", databaseUrl: database.url, discard: () => database.drop() };
  },
};

function redisAt(redisUrl: string): QueueBackend {
  return {
    name: "Redis",
    create: () => {
      const prefix = `test-${randomBytes(8).toString("hex")}`;
      return Promise.resolve({
        kind: "redis",
        redisUrl,
        prefix,
        discard: () => removeKeys(redisUrl, prefix),
      });
    },
  };
}

const redisUrl = inject("redisUrl");

export const queueBackends: readonly QueueBackend[] =
  redisUrl === null ? [postgres] : [postgres, redisAt(redisUrl)];

const missing = redisUrl === null ? ["Redis"] : [];
describe.each(missing)("the tests of this file on %s", () => {
  it("are not run", ({ skip }) => {
    skip(redisUrl === null, "REDIS_URL is not set and there is no redis-server on the PATH");
    expect(redisUrl).not.toBeNull();
  });
});

/** Removes what a store kept, so that a Redis that is not only the tests' is left as it was. */
async function removeKeys(url: string, prefix: string): Promise<void> {
  const client = new Redis(url);
  try {
    let cursor = "0";
    do {
      const [next, keys] = await client.scan(cursor, "MATCH", `${prefix}:*`, "COUNT", 1_000);
      if (keys.length > 0) await client.unlink(keys);
      cursor = next;
    } while (cursor !== "0");
  } finally {
    client.disconnect();
  }
}
