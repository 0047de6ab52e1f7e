// The first start, and the commands for whoever lost what it showed.

import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import * as z from "zod";
import { logIn, postSession, sendAs } from "../support/browser-like.ts";
import { createPerson } from "../support/people.ts";
import { turnOnFactor } from "../support/second-factor.ts";
import { startTestApi } from "../support/service.ts";
import { runTallyman } from "./run-tallyman.ts";
import { temporaryFolder } from "./temporary-file.ts";

/** An embedded PostgreSQL is made and started, more than once in some of these tests. */
vi.setConfig({ testTimeout: 180_000 });

const shown =
  /First API key, shown only now: (tm_\S+)\nFirst administrator: (\S+)\. Choose the password here.*:\n {2}(\S+)\n/;
const inFile = /The first credentials are in (\S+), not in this log/;
const address = /API (http:\S+)\/docs/;

async function takenPort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  return z.object({ port: z.number() }).parse(server.address()).port;
}

const statusWith = async (url: string, key: string): Promise<number> => {
  const headers = { authorization: `Bearer ${key}` };
  return (await fetch(`${url}/api/v1/products`, { headers })).status;
};

/** Chooses a password on the page that a link opens. */
function chooseBy(link: string, password: string): Promise<Response> {
  const { origin, pathname, searchParams } = new URL(link);
  const token = searchParams.get("token") ?? "";
  return fetch(`${origin}${pathname}`, {
    method: "POST",
    redirect: "manual",
    headers: { origin },
    body: new URLSearchParams({ token, password, repeated: password }),
  });
}

test("a start on a taken port makes nothing; the next one makes credentials that work and are not in its log, and they can be had again", async () => {
  const DATA_DIR = join(await temporaryFolder(), "data");
  const port = await takenPort();
  const failed = await runTallyman(["start"], { DATA_DIR, PORT: String(port) }).ended;
  expect(failed.code).toBe(1);
  expect(failed.stderr).toContain(`port ${port}`);
  expect(failed.stderr).not.toMatch(/^ {4}at |first credentials/m);

  const service = runTallyman(["start"], { DATA_DIR, PORT: "0" });
  const text = await service.until(address);
  const file = await readFile(inFile.exec(text)?.[1] ?? "", "utf8");
  const [, key = "", email = "", link = ""] = shown.exec(file) ?? [];
  const url = address.exec(text)?.[1] ?? "";
  expect(await statusWith(url, key)).toBe(200);
  const password = "words that they chose";
  const chosen = await chooseBy(link, password);
  expect(chosen.status).toBe(303);
  expect((await postSession(url, { email, password })).status).toBe(204);

  const made = await runTallyman(["create-key", "spare"], { DATA_DIR }).ended;
  expect(made.code).toBe(0);
  expect(await statusWith(url, made.stdout.trim())).toBe(200);
  const reset = await runTallyman(["reset-password", email], { DATA_DIR }).ended;
  expect((await postSession(url, { email, password })).status).toBe(401);
  expect((await postSession(url, { email, password: reset.stdout.trim() })).status).toBe(204);

  service.kill("SIGTERM");
  const ended = await service.ended;
  expect(ended.code).toBe(0);
  for (const secret of [key, link]) expect(`${ended.stdout}${ended.stderr}`).not.toContain(secret);
  const again = runTallyman(["start"], { DATA_DIR, PORT: "0" });
  expect(await again.until(address)).toContain("first credentials are still in");
  again.kill("SIGTERM");
  await again.ended;
});

test("a key is made with the permissions that are named, and under a name of its own", async () => {
  const api = await startTestApi();
  onTestFinished(() => api.stop());
  const environment = { DATABASE_URL: api.databaseUrl };
  const create = (...args: string[]) => runTallyman(["create-key", ...args], environment).ended;
  const made = await create("checkout", "--permissions", "orders:write,stock:read");
  expect(made).toMatchObject({ code: 0, stdout: expect.stringMatching(/^tm_\S+\n$/) });
  const headers = { authorization: `Bearer ${made.stdout.trim()}` };
  expect((await api.send("GET", "/stock/NOTHING", undefined, headers)).status).toBe(404);
  expect((await api.send("GET", "/api-keys", undefined, headers)).status).toBe(403);
  const listed = (await api.send("GET", "/api-keys")).body;
  expect(listed).toMatchObject({
    data: [{}, { name: "checkout", createdBy: "command:tallyman", scopes: expect.any(Array) }],
  });
  const brief = await create("brief", "--days", "30");
  expect(brief.stderr).toMatch(/It works until 20\d\d-\d\d-\d\dT/);
  const { body } = await api.send("GET", "/api-keys");
  const { data } = z
    .object({
      data: z.array(z.object({ createdAt: z.string(), expiresAt: z.string().nullable() })),
    })
    .parse(body);
  const days = data.map(({ createdAt, expiresAt }) =>
    expiresAt === null
      ? null
      : Math.round((Date.parse(expiresAt) - Date.parse(createdAt)) / 86_400_000),
  );
  expect(days).toEqual([null, null, 30]);
  const mistaken = [
    [2, await create("other", "--days", "0"), /--days: expected a whole number from 1 to.*"0"/],
    [2, await create("other", "--days", "1.5"), /--days: expected a whole number.*"1.5"/],
    [1, await create("checkout"), /a name that no other active key has/],
    [
      2,
      await create("other", "--permissions", "stock:red"),
      /--permissions: expected.*"stock:red"/,
    ],
    [2, await create(" other"), /<name>: expected no space at the beginning/],
  ] as const;
  for (const [expected, { code, stdout, stderr }, message] of mistaken) {
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/^ {4}at /m);
    expect([code, stdout]).toEqual([expected, ""]);
  }
});

test("a password is reset for a person by their address, and whoever is unknown is told who is there", async () => {
  const api = await startTestApi();
  onTestFinished(() => api.stop());
  const environment = { DATABASE_URL: api.databaseUrl };
  const person = await createPerson(api, "lost@example.com", ["viewers"]);
  await turnOnFactor(api, person);
  const unknown = await runTallyman(["reset-password", "lots@example.com"], environment).ended;
  expect(unknown).toMatchObject({ code: 1, stdout: "" });
  expect(unknown.stderr).toContain("The store has admin@example.com, lost@example.com.");
  const reset = await runTallyman(["reset-password", "Lost@Example.com"], environment).ended;
  expect(reset.code).toBe(0);
  expect(reset.stderr).toContain("They must choose their own password at the next login");
  expect(reset.stderr).toContain("their second factor is off");
  const acts = await api.sql(
    "select actor_kind, kind from act where subject_id = $1 and actor = 'command:tallyman' order by id",
    [person.id],
  );
  expect(acts).toEqual([
    { actor_kind: "command", kind: "person.passwordReset" },
    { actor_kind: "command", kind: "person.secondFactorRemoved" },
  ]);
  const { email } = person;
  expect((await postSession(api.url, person)).status).toBe(401);
  const session = await logIn(api.url, { email, password: reset.stdout.trim() });
  expect((await sendAs(api.url, session, "GET", "/api/v1/products")).status).toBe(403);
});

test("a person is created in the database, and chooses a password by the link that is printed", async () => {
  const api = await startTestApi();
  onTestFinished(() => api.stop());
  const environment = { DATABASE_URL: api.databaseUrl, PUBLIC_URL: api.url };
  const create = (...args: string[]) =>
    runTallyman(["admin", "create", ...args], environment).ended;
  const made = await create("ann@example.com", "--groups", "viewers");
  expect(made).toMatchObject({ code: 0, stderr: expect.stringContaining("Groups: viewers.") });
  const chosen = await chooseBy(made.stdout.trim(), "words that she chose");
  expect(chosen.status).toBe(303);
  const ann = { email: "ann@example.com", password: "words that she chose" };
  expect((await postSession(api.url, ann)).status).toBe(204);
  const mistaken = [
    [1, await create("Ann@example.com"), /Ann@example\.com/],
    [1, await create("bob@example.com", "--groups", "nobodies"), /nobodies/],
    [2, await create("bob"), /<email>: expected an address.*"bob"/],
    [2, await create("bob@example.com", "--name", ""), /--name: expected/],
  ] as const;
  for (const [expected, { code, stdout, stderr }, message] of mistaken) {
    expect(stderr).toMatch(message);
    expect([code, stdout]).toEqual([expected, ""]);
  }
});
