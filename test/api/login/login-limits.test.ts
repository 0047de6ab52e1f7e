import * as z from "zod";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { logIn, postSession, sendAs } from "../../support/browser-like.ts";
import { createPerson } from "../../support/people.ts";
import {
  startTestApi,
  startTestService,
  testAccess,
  type TestService,
} from "../../support/service.ts";

let service: TestService;
beforeAll(async () => {
  service = await startTestApi();
});
afterAll(() => service.stop());

/** Fails to log in so often, each time with another X-Forwarded-For, and tells the last answer. */
async function fail(url: string, email: string, times: number): Promise<Response> {
  let last = await postSession(url, { email, password: "a guess" }, forwarded(0));
  for (let round = 1; round < times; round += 1) {
    last = await postSession(url, { email, password: "a guess" }, forwarded(round));
  }
  return last;
}

function forwarded(round: number): Record<string, string> {
  return { "x-forwarded-for": `203.0.113.${round + 1}` };
}

describe("guessing a password", () => {
  it("is stopped after 20 failures, whatever X-Forwarded-For says and however right the next guess", async () => {
    const person = await createPerson(service, "guessed@example.com");
    expect((await fail(service.url, person.email, 20)).status).toBe(401);
    const next = await postSession(service.url, person, forwarded(77));
    expect(next.status).toBe(429);
    expect(Number(next.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(next.headers.get("content-type")).toContain("application/problem+json");
    expect(next.headers.getSetCookie()).toEqual([]);
  });

  it("of one account leaves the others alone", async () => {
    const person = await createPerson(service, "untouched@example.com");
    await fail(service.url, "attacked@example.com", 21);
    expect((await postSession(service.url, person)).status).toBe(204);
  });

  it("counts the same address in any case, and on the page as in the API", async () => {
    await fail(service.url, "Mixed@Example.com", 20);
    const page = await fetch(`${service.url}/admin/login`, {
      method: "POST",
      headers: { origin: service.url },
      body: new URLSearchParams({ email: "mixed@example.COM", password: "a guess" }),
    });
    expect(page.status).toBe(429);
    expect(Number(page.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(await page.text()).toContain("Too many failed logins");
  });

  it("does not count the logins that succeed", async () => {
    const person = await createPerson(service, "frequent@example.com");
    for (let round = 0; round < 25; round += 1) {
      expect((await postSession(service.url, person)).status).toBe(204);
    }
  });

  it("through an open session, of its user's current password, is stopped as well", async () => {
    const person = await createPerson(service, "hijacked@example.com");
    const session = await logIn(service.url, person);
    const statuses: number[] = [];
    for (let round = 0; round < 21; round += 1) {
      const reply = await sendAs(service.url, session, "PUT", "/api/v1/session/password", {
        currentPassword: `guess ${round}`,
        newPassword: "quite another password",
      });
      statuses.push(reply.status);
    }
    expect(statuses).toEqual([...Array.from({ length: 20 }, () => 422), 429]);
  });

  it("is counted per client behind a proxy that is trusted", async () => {
    const proxied = await startTestService({ roles: ["api"], environment: { TRUST_PROXY: "1" } });
    try {
      expect((await fail(proxied.url, testAccess.adminEmail, 25)).status).toBe(401);
      const fromOne = (round: number) =>
        postSession(
          proxied.url,
          { email: testAccess.adminEmail, password: "a guess" },
          { "x-forwarded-for": `198.51.100.${round}, 203.0.113.200` },
        );
      const statuses: number[] = [];
      for (let round = 0; round < 21; round += 1) statuses.push((await fromOne(round)).status);
      expect(statuses.slice(-2)).toEqual([401, 429]);
    } finally {
      await proxied.stop();
    }
  });
});

describe("many logins at once", () => {
  const attempt = (number: number) =>
    postSession(service.url, { email: `crowd-${number}@example.com`, password: "a guess" });

  it("are checked two at a time: some wait, and the others are told to come again", async () => {
    const replies = await Promise.all(Array.from({ length: 60 }, (_, number) => attempt(number)));
    const busy = replies.filter(({ status }) => status === 503);
    expect(busy.length).toBeGreaterThan(0);
    expect(busy.map((reply) => Number(reply.headers.get("retry-after"))).every((s) => s > 0)).toBe(
      true,
    );
    const answered = replies.filter(({ status }) => status === 401);
    expect(answered.length).toBeGreaterThanOrEqual(22);
    expect(busy.length + answered.length).toBe(60);
  });

  it("are twenty guesses at one account, and not as many as come", async () => {
    const email = "parallel@example.com";
    const guess = () => postSession(service.url, { email, password: "a guess" });
    const replies = await Promise.all(Array.from({ length: 40 }, guess));
    const statuses = replies.map(({ status }) => status);
    expect(statuses.filter((status) => status === 401).length).toBeLessThanOrEqual(20);
    expect(statuses.filter((status) => status === 429).length).toBeGreaterThanOrEqual(20);
  });
});

it("an address means the same account to the limits and to the login", async () => {
  const person = await createPerson(service, "kiki@example.com");
  // A capital I with a dot: its small letter is an i to PostgreSQL, and two characters to JavaScript.
  const other = await postSession(service.url, { ...person, email: "kİki@example.com" });
  expect(other.status).toBe(401);
  expect((await postSession(service.url, { ...person, email: " KIKI@example.com " })).status).toBe(
    204,
  );
});

describe("a key's budget of requests", () => {
  it("ends in 429 with Retry-After, and other keys go on", async () => {
    const limited = await startTestService({
      roles: ["api"],
      environment: { REQUESTS_PER_SECOND_PER_KEY: "20" },
    });
    try {
      const made = await limited.send("POST", "/api-keys", {
        name: "other",
        scopes: ["mails:read"],
      });
      const answers = await Promise.all(
        Array.from({ length: 60 }, () => limited.send("GET", "/mails")),
      );
      const refused = answers.filter(({ status }) => status === 429);
      expect(refused.length).toBeGreaterThan(10);
      expect(refused[0]?.headers.get("retry-after")).toBe("1");
      expect(refused[0]?.headers.get("ratelimit-policy")).toBe('"key";q=20;w=1');
      expect(refused[0]?.headers.get("ratelimit")).toBe('"key";r=0;t=1');
      expect(refused[0]?.body).toMatchObject({ type: "/problems/too-many-requests" });
      const { key } = z.object({ key: z.string() }).parse(made.body);
      const other = await limited.send("GET", "/mails", undefined, {
        authorization: `Bearer ${key}`,
      });
      expect(other.status).toBe(200);
    } finally {
      await limited.stop();
    }
  });
});
