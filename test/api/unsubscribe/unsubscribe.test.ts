// The link in mails about alerts: one thread an episode, and an end of such mails without a login.

import { afterAll, beforeAll, expect, it, vi } from "vitest";
import * as z from "zod";
import { startSmtpReceiver } from "../../../tools/lab/smtp-server.ts";
import { startTestService, type TestService } from "../../support/service.ts";

let service: TestService;
let receiver: Awaited<ReturnType<typeof startSmtpReceiver>>;

beforeAll(async () => {
  receiver = await startSmtpReceiver();
  service = await startTestService({ environment: { SMTP_URL: receiver.url } });
  await service.send("POST", "/admin-users", {
    email: "ann@example.com",
    name: "Ann",
    password: "a long enough password",
    groups: ["store-managers"],
  });
});
afterAll(async () => {
  await service.stop();
  await receiver[Symbol.asyncDispose]();
});

const setUnits = (set: number) => service.send("POST", "/stock/MUG/adjustments", { set });
const mailsTo = (name: string) =>
  receiver.received.filter(({ recipients }) => recipients[0] === `${name}@example.com`);
const mailsCome = (name: string, count: number) =>
  vi.waitFor(() => expect(mailsTo(name)).toHaveLength(count), { timeout: 30_000, interval: 50 });
const linkIn = (raw: string) =>
  /^List-Unsubscribe: <([^>]+)>/m.exec(raw.replaceAll(/\r\n\s+/g, " "))?.[1] ?? "";

it("switches off the mails of one person by one click, and of nobody else", async () => {
  const mug = { name: "Mug", unitsInStock: 9, stockAlertThreshold: 5, outOfStockThreshold: 0 };
  await service.send("PUT", "/products/MUG", mug);
  await setUnits(5);
  await mailsCome("ann", 1);
  await setUnits(0);
  await mailsCome("ann", 2);
  await mailsCome("admin", 2);

  const [low, out] = mailsTo("ann");
  expect(out?.parsed.inReplyTo).toBe(low?.parsed.messageId);
  expect(out?.parsed.references).toContain(low?.parsed.messageId);
  const [root] = z.array(z.string()).parse([low?.parsed.references].flat());
  expect(out?.parsed.references).toContain(root);
  expect([low?.parsed.subject, out?.parsed.subject]).toEqual([
    "Product Stock Low - Mug",
    "Product Stock Low - Mug: none left",
  ]);
  expect(out?.raw).toContain("List-Unsubscribe-Post: List-Unsubscribe=One-Click");

  const link = linkIn(out?.raw ?? "");
  expect(link).toMatch(new RegExp(`^${service.url}/unsubscribe/`));
  const page = await fetch(link);
  expect([page.status, await page.text()]).toEqual([
    200,
    expect.stringContaining("ann@example.com"),
  ]);
  const choices = () => service.sql("select mode from alert_choice");
  // Whoever only looks at the page changes nothing.
  expect(await choices()).toEqual([]);
  for (const forged of [link.slice(0, -1), `${link}A`, link.replace(/\w+-/, "00000000-")]) {
    const answer = await fetch(forged, { method: "POST" });
    expect(answer.status).toBe(404);
  }
  expect(await choices()).toEqual([]);
  for (let click = 0; click < 2; click += 1) {
    const body = "List-Unsubscribe=One-Click";
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    const answer = await fetch(link, { method: "POST", body, headers });
    expect([answer.status, await answer.text()]).toEqual([
      200,
      expect.stringContaining("switched off"),
    ]);
  }
  expect(await choices()).toEqual([{ mode: "off" }]);

  await setUnits(9);
  await setUnits(5);
  await mailsCome("admin", 3);
  expect(mailsTo("ann")).toHaveLength(2);
});
