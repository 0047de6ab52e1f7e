// The claim of a mail while it is sent: it is kept as long as the attempt takes, and its end is stored although the
// database does not answer for a while.

import type { Pool } from "pg";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { ClaimOfMail } from "../../src/db/mails/end-attempt.ts";
import { claimMail } from "../../src/db/mails/claim-mail.ts";
import { writeTestMail } from "../../src/db/mails/write-test-mail.ts";
import { createPool } from "../../src/db/sql/pool.ts";
import { holdMail } from "../../src/workers/hold-mail.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";
import { startTcpProxy, type TcpProxy } from "../../tools/lab/tcp-proxy.ts";

const patience = { timeout: 30_000, interval: 100 };
const message = { subject: "Low", html: "<p>Low</p>", text: "Low", overrideProblem: null };

let database: TestDatabase;
let proxy: TcpProxy;
/** On the database itself. */
let direct: Pool;
/** What the worker uses. */
let pool: Pool;
let claim: ClaimOfMail;

beforeEach(async () => {
  database = await createTestDatabase();
  proxy = await startTcpProxy(database.url);
  const options = { max: 2, synchronousCommit: "on", onError: () => undefined } as const;
  direct = createPool(database.url, options);
  pool = createPool(proxy.url, options);
  claim = await writeTestMail(direct, {
    templateName: "Low stock",
    templateCode: "shop:low_stock_internal",
    toName: "Ann",
    toEmail: "ann@example.com",
    data: {},
    host: "example.com",
  });
});
afterEach(async () => {
  await Promise.all([pool.end(), direct.end()]);
  proxy.close();
  await database.drop();
});

const readMail = async () => {
  const { rows } = await direct.query<{ status: string; attempts: number; secondsLeft: number }>(
    `select status, attempts,
       extract(epoch from claimed_until - clock_timestamp())::double precision as "secondsLeft"
     from mail where id = $1`,
    [claim.id],
  );
  return rows[0];
};
const endClaimIn = (interval: string) =>
  direct.query("update mail set claimed_until = clock_timestamp() + $2::interval where id = $1", [
    claim.id,
    interval,
  ]);

it("stores that a mail was sent although the connection died meanwhile", async () => {
  await pool.query("select 1");
  await holdMail(pool, claim, async (end) => {
    proxy.silenceOld();
    await end({ status: "sent" }, message);
  });
  expect(await readMail()).toMatchObject({ status: "sent", attempts: 1 });
});

it("renews the claim while the attempt takes long", async () => {
  await endClaimIn("1 second");
  await holdMail(pool, claim, () =>
    vi.waitFor(async () => expect((await readMail())?.secondsLeft).toBeGreaterThan(15), patience),
  );
});

it("leaves the mail alone after another process has claimed it", async () => {
  await endClaimIn("-1 second");
  expect(await claimMail(direct, claim.id)).toMatchObject({ attempts: 2 });
  await holdMail(pool, claim, (end) => end({ status: "failed", error: "too late" }, message));
  expect(await readMail()).toMatchObject({ status: "sending", attempts: 2 });
});

it("gives up at once what the database refuses", async () => {
  const attempt = holdMail(pool, claim, (end) =>
    end({ status: "sent" }, { ...message, subject: "NUL \0" }),
  );
  await expect(attempt).rejects.toThrow(/invalid byte sequence/);
});
