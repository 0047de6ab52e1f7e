import { afterAll, describe, expect, it } from "vitest";
import { logIn, sendAs } from "../../support/browser-like.ts";
import {
  startTestApi,
  startTestService,
  testAccess,
  type TestService,
} from "../../support/service.ts";

const services: TestService[] = [];
afterAll(async () => {
  for (const service of services) await service.stop();
});

const admin = { email: testAccess.adminEmail, password: testAccess.adminPassword };

async function sessionOf(service: TestService): Promise<unknown> {
  services.push(service);
  const session = await logIn(service.url, admin);
  return (await sendAs(service.url, session, "GET", "/api/v1/session")).json();
}

describe("a session", () => {
  it("says that mails are kept where no mail server is configured", async () => {
    expect(await sessionOf(await startTestApi())).toMatchObject({ mailsLeave: false });
  });

  it("says that mails leave where one is", async () => {
    const environment = { SMTP_URL: "smtp://127.0.0.1:2525" };
    const service = await startTestService({ roles: ["api"], environment });
    expect(await sessionOf(service)).toMatchObject({ mailsLeave: true });
  });
});
