// The search for traces itself: a request that is refused and yet changes a row is named among all others.

import { Client } from "pg";
import { expect, it } from "vitest";
import { createTestDatabase } from "../support/database.ts";
import type { Attack } from "./attack.ts";
import { findTraces } from "./find-traces.ts";

const attackOn = (path: string): Attack => ({
  operation: { method: "POST", path, opensWith: "nothing", query: [], body: {}, replies: {} },
  sent: { method: "POST", path, headers: {} },
  kind: "valid",
});

it("names the refused requests that change a row, and no others", async () => {
  const database = await createTestDatabase();
  const client = new Client({ connectionString: database.url });
  await client.connect();
  try {
    const service = {
      sql: async <Row extends object>(text: string) => (await client.query<Row>(text)).rows,
      async send({ path }: { readonly path: string }) {
        if (/^\/(?:7|19)$/.test(path)) {
          await client.query("update store set name = name || 'x'");
        }
        return { status: 422, headers: {}, text: "" };
      },
    };
    const attacks = Array.from({ length: 40 }, (_, at) => attackOn(`/${at}`));
    const found = await findTraces(service, attacks);
    expect(found.map((text) => /POST (\S+)/.exec(text)?.[1])).toEqual(["/7", "/19"]);
    expect(found.join()).toContain("public.store: 1 rows");
    expect(await findTraces(service, attacks.slice(20))).toEqual([]);
  } finally {
    await client.end();
    await database.drop();
  }
});
