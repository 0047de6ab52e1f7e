// Every connection is encrypted if DATABASE_URL says so. The server here refuses all others.

import { pino } from "pino";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { readConfig } from "../../../src/config.ts";
import { audit } from "../../../src/db/audit/audit.ts";
import { databaseSettings } from "../../../src/db/sql/connection.ts";
import { migrate } from "../../../src/db/migrate.ts";
import { start } from "../../../src/process/start.ts";
import { testAccess } from "../../support/service.ts";
import { certificate, startTlsServer, type TlsServer } from "../support/tls-server.ts";

let server: TlsServer;

beforeAll(async () => {
  server = await startTlsServer();
  // The server reads its new settings some time after it is told to.
  await vi.waitFor(async () => {
    await expect(connected(server.url)).rejects.toThrow(/no encryption/);
  }, 20_000);
});

afterAll(() => server?.stop());

async function connected(url: string): Promise<Client> {
  const client = new Client(databaseSettings(url, { applicationName: "test" }));
  await client.connect();
  return client;
}

const ways = {
  "sslmode=verify-full": `?sslmode=verify-full&sslrootcert=${encodeURIComponent(certificate)}`,
  "sslmode=require": `?sslmode=require&sslrootcert=${encodeURIComponent(certificate)}`,
  "sslmode=no-verify": "?sslmode=no-verify",
  "sslmode=require in the sense of libpq": "?uselibpqcompat=true&sslmode=require",
  "ssl=no-verify": "?ssl=no-verify",
};

describe.each(Object.entries(ways))(
  "at a server that takes encrypted connections alone, %s",
  (_, query) => {
    test("is enough to migrate, to audit and to start, and nothing goes in the clear", async () => {
      const warned = vi.spyOn(process, "emitWarning");
      const url = `${server.url}${query}`;
      await migrate(url);
      expect((await audit(url)).filter(({ faults }) => faults > 0)).toEqual([]);

      const { apiKey, adminEmail, adminPassword } = testAccess;
      const running = await start(
        readConfig({
          PORT: "0",
          DATABASE_URL: url,
          BOOTSTRAP_API_KEY: apiKey,
          BOOTSTRAP_ADMIN_EMAIL: adminEmail,
          BOOTSTRAP_ADMIN_PASSWORD: adminPassword,
        }),
        { roles: ["api", "worker"], log: pino({ level: "silent" }) },
      );
      const client = await connected(url);
      try {
        const response = await fetch(`${running.apiUrl}/readyz`);
        expect(response.status).toBe(200);
        const { rows } = await client.query(
          `select application_name, bool_and(ssl) as encrypted
         from pg_stat_activity join pg_stat_ssl using (pid)
         where datname = current_database() group by application_name order by application_name`,
        );
        expect(rows).toEqual(
          expect.arrayContaining(
            ["tallyman", "tallyman-listener", "tallyman-orm", "tallyman-queue"].map((name) => ({
              application_name: name,
              encrypted: true,
            })),
          ),
        );
        expect(rows).not.toContainEqual(expect.objectContaining({ encrypted: false }));
        expect(warned).not.toHaveBeenCalled();
      } finally {
        await client.end();
        await running.stop();
        warned.mockRestore();
      }
    });
  },
);

test("a certificate that nobody vouches for is refused, unless the address says no-verify", async () => {
  await expect(connected(`${server.url}?sslmode=require`)).rejects.toThrow(/certificate/);
  await expect(migrate(`${server.url}?sslmode=verify-full`)).rejects.toThrow(/certificate/);
});
