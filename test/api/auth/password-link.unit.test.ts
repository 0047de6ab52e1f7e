import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  createPasswordLink,
  isTokenOf,
  passwordLinkHours,
  readPasswordToken,
} from "../../../src/api/auth/password-link.ts";

const now = Date.parse("2026-05-01T12:00:00Z");
const person = { id: "0192f0c1-1111-7222-8333-444444444444", passwordHash: "$argon2id$one" };

const tokenFor = (who = person, at = now): string =>
  new URLSearchParams(createPasswordLink(who, at).split("?")[1]).get("token") ?? "";

describe("the token of a password link", () => {
  it("names its person, and is genuine for them alone and for the hash that they had", () => {
    const token = tokenFor();
    expect(readPasswordToken(token, now)).toEqual({ personId: person.id, isOver: false });
    expect(isTokenOf(token, person)).toBe(true);
    expect(isTokenOf(token, { ...person, passwordHash: "$argon2id$two" })).toBe(false);
    const id = "0192f0c1-1111-7222-8333-555555555555";
    expect(isTokenOf(token, { ...person, id })).toBe(false);
  });

  it("is over after three days", () => {
    const ends = now + passwordLinkHours * 3_600_000;
    expect(readPasswordToken(tokenFor(), ends - 1)?.isOver).toBe(false);
    expect(readPasswordToken(tokenFor(), ends)?.isOver).toBe(true);
  });

  it("can't be given another end, person or signature", () => {
    const token = tokenFor();
    fc.assert(
      fc.property(
        fc.nat(token.length - 1),
        fc.constantFrom(...Array.from("0123456789abcdefXYZ_-. ")),
        (at, character) => {
          const forged = `${token.slice(0, at)}${character}${token.slice(at + 1)}`;
          // The last character of 32 bytes in base64url has two bits that mean nothing.
          fc.pre(forged !== token && at < token.length - 1);
          expect(isTokenOf(forged, person)).toBe(false);
        },
      ),
    );
  });

  it("is none if it has another form", () => {
    for (const text of ["", ".", "x", `${tokenFor()}x`, tokenFor().slice(1), "a.1.b", "\0"]) {
      expect(readPasswordToken(text, now)).toBeNull();
      expect(isTokenOf(text, person)).toBe(false);
    }
  });
});
