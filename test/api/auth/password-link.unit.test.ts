import { expect, it } from "vitest";
import { createPasswordLink, passwordLinkHours } from "../../../src/api/auth/password-link.ts";
import { hashOfPasswordToken } from "../../../src/emails/accounts/password-token.ts";

const now = Date.parse("2026-05-01T12:00:00Z");

const tokenOf = (path: string): string =>
  new URLSearchParams(path.split("?")[1]).get("token") ?? "";

it("gives each link a token of its own, of which the hash is stored", () => {
  const [one, other] = [createPasswordLink(now), createPasswordLink(now)];
  expect(tokenOf(one.path)).not.toBe(tokenOf(other.path));
  expect(hashOfPasswordToken(tokenOf(one.path))).toEqual(one.stored.tokenHash);
  expect(one.stored.tokenHash.toString("base64url")).not.toBe(tokenOf(one.path));
});

it("ends a link after three days", () => {
  expect(createPasswordLink(now).stored.endsAt.getTime()).toBe(now + passwordLinkHours * 3_600_000);
});

it("takes no text for a token that has another form", () => {
  const token = tokenOf(createPasswordLink(now).path);
  for (const text of ["", ".", "x", `${token}x`, token.slice(1), `${token.slice(1)}.`, "\0"]) {
    expect(hashOfPasswordToken(text)).toBeNull();
  }
});
