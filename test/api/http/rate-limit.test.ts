import { afterAll, beforeAll, expect, it } from "vitest";
import { logIn, postSession, sendAs } from "../../support/browser-like.ts";
import { createPerson } from "../../support/people.ts";
import { startTestApi, testAccess, type TestService } from "../../support/service.ts";

let service: TestService;
beforeAll(async () => {
  service = await startTestApi();
});
afterAll(() => service.stop());

const limitsOf = ({ headers }: Pick<Response, "headers">) => ({
  policy: headers.get("ratelimit-policy"),
  left: headers.get("ratelimit"),
});

it.each([
  ["a reply", "/mails", 200],
  ["a reply in pieces", "/stock-export", 200],
  ["a refused value", "/mails?limit=0", 422],
  ["an unknown address", "/none", 404],
])("%s to a key tells how many requests are left", async (_what, path, status) => {
  const answer = await fetch(`${service.url}/api/v1${path}`, {
    headers: { authorization: `Bearer ${testAccess.apiKey}` },
  });
  await answer.text();
  expect(answer.status).toBe(status);
  const { policy, left } = limitsOf(answer);
  expect(policy).toBe('"key";q=20000;w=1');
  expect(left).toMatch(/^"key";r=1\d{4};t=1$/);
});

it("an order's answer tells it too", async () => {
  const order = { reference: "limited", lines: [{ sku: "NONE", quantity: 1 }] };
  const answer = await service.send("POST", "/orders", order);
  expect(limitsOf(answer).left).toMatch(/^"key";r=1\d{4};t=1$/);
});

it("strangers and people with a session, whom no such limit counts, are told of none", async () => {
  const none = { policy: null, left: null };
  const stranger = await fetch(`${service.url}/api/v1/mails`);
  expect(stranger.status).toBe(401);
  expect(limitsOf(stranger)).toEqual(none);
  const session = await logIn(service.url, await createPerson(service, "person@example.com"));
  const person = await sendAs(service.url, session, "GET", "/api/v1/session");
  expect(person.status).toBe(200);
  expect(limitsOf(person)).toEqual(none);
});

it("a failed login tells how many more may fail, for its address and its account", async () => {
  const guess = () =>
    postSession(service.url, { email: "guessed@example.com", password: "a guess" });
  await guess();
  const { policy, left } = limitsOf(await guess());
  expect(policy).toMatch(/^"200-in-15min"; q=200; w=900; .+, "20-in-15min"; q=20; w=900; /);
  expect(left).toMatch(/^"200-in-15min"; r=19\d; t=\d+, "20-in-15min"; r=18; t=\d+$/);
});
