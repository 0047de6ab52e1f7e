import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { logIn, postSession, sendAs } from "../../support/browser-like.ts";
import { createPerson } from "../../support/people.ts";
import { startTestApi, type TestService } from "../../support/service.ts";

let service: TestService;
beforeAll(async () => {
  service = await startTestApi();
});
afterAll(() => service.stop());

describe("one's own password", () => {
  it("is changed by whoever gives the current one: every session ends, and theirs begins anew", async () => {
    const person = await createPerson(service, "changer@example.com", ["viewers"]);
    const [here, elsewhere] = [await logIn(service.url, person), await logIn(service.url, person)];
    const reply = await sendAs(service.url, here, "PUT", "/api/v1/session/password", {
      currentPassword: person.password,
      newPassword: "quite another password",
    });
    expect(reply.status).toBe(204);
    const [cookie = ""] = (reply.headers.getSetCookie()[0] ?? "").split(";");
    expect(cookie).not.toBe(here.cookie);
    const renewed = { ...here, cookie };
    expect((await sendAs(service.url, renewed, "GET", "/api/v1/session")).status).toBe(200);
    expect((await sendAs(service.url, here, "GET", "/api/v1/session")).status).toBe(401);
    expect((await sendAs(service.url, elsewhere, "GET", "/api/v1/session")).status).toBe(401);
    expect((await postSession(service.url, person)).status).toBe(401);
    const changed = { email: person.email, password: "quite another password" };
    expect((await postSession(service.url, changed)).status).toBe(204);
  });

  it("stays where the current one is wrong or the new one too short", async () => {
    const person = await createPerson(service, "keeper@example.com", ["viewers"]);
    const session = await logIn(service.url, person);
    const attempt = (currentPassword: string, newPassword: string) =>
      sendAs(service.url, session, "PUT", "/api/v1/session/password", {
        currentPassword,
        newPassword,
      });
    const guessed = await attempt("a guess", "quite another password");
    expect(guessed.status).toBe(422);
    expect(await guessed.json()).toMatchObject({ errors: [{ pointer: "/currentPassword" }] });
    const short = await attempt(person.password, "short");
    expect(short.status).toBe(422);
    expect(await short.json()).toMatchObject({ errors: [{ pointer: "/newPassword" }] });
    expect((await postSession(service.url, person)).status).toBe(204);
  });
});
