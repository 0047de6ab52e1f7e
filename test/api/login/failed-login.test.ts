import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { postSession } from "../../support/browser-like.ts";
import { createPerson } from "../../support/people.ts";
import { startTestApi, testAccess, type TestService } from "../../support/service.ts";

const admin = { email: testAccess.adminEmail, password: testAccess.adminPassword };
const wrong = { email: testAccess.adminEmail, password: "not the password" };

let service: TestService;
beforeAll(async () => {
  service = await startTestApi();
});
afterAll(() => service.stop());

describe("a failed login", () => {
  it("looks the same for an unknown address, a wrong password and a disabled user", async () => {
    const person = await createPerson(service, "disabled@example.com");
    await service.send("PATCH", `/admin-users/${person.id}`, { enabled: false });
    const attempts = [wrong, { ...wrong, email: "nobody@example.com" }, person];
    const answers = await Promise.all(
      attempts.map(async (attempt) => {
        const reply = await postSession(service.url, attempt);
        return {
          status: reply.status,
          body: (await reply.text()).replace(/"requestId":"[^"]*"/, ""),
          cookies: reply.headers.getSetCookie(),
        };
      }),
    );
    expect(answers[0]).toMatchObject({ status: 401, cookies: [] });
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[2]).toEqual(answers[0]);
  });

  it("compares a password for an unknown address too, so that time tells nothing", async () => {
    await createPerson(service, "timed@example.com");
    const time = async (email: string) => {
      const started = performance.now();
      await postSession(service.url, { email, password: "not the password" });
      return performance.now() - started;
    };
    const known: number[] = [];
    const unknown: number[] = [];
    for (let round = 0; round < 7; round += 1) {
      known.push(await time("timed@example.com"));
      unknown.push(await time("stranger@example.com"));
    }
    // The quickest of each, taken in turns: an answer without the comparison takes a tenth of the time.
    expect(Math.min(...unknown) / Math.min(...known)).toBeGreaterThan(0.3);
  });

  it.each([
    [{ email: admin.email }],
    [{ ...admin, extra: true }],
    [{ email: { $ne: "" }, password: ["x"] }],
    [[admin]],
  ])("is refused with 422 where the body is %j", async (body) => {
    const reply = await fetch(`${service.url}/api/v1/session`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    expect(reply.status).toBe(422);
    expect(reply.headers.get("content-type")).toContain("application/problem+json");
  });

  it("does not mind quotes, operators and a NUL in the address", async () => {
    for (const email of ["' or 1=1 --", "a\u0000b@example.com", '"; drop table admin_user', "%"]) {
      const { status } = await postSession(service.url, { email, password: "anything" });
      expect([401, 422]).toContain(status);
    }
  });
});
