import { describe, expect, it } from "vitest";
import { hashPassword, verifyPassword } from "../../../src/api/auth/password.ts";

const password = "correct horse battery staple";

describe("a password's hash", () => {
  it("is argon2id with 19 MiB, two passes and one lane, in the PHC format", async () => {
    expect(await hashPassword(password)).toMatch(
      /^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/,
    );
  });

  it("differs each time, as its salt does", async () => {
    expect(await hashPassword(password)).not.toBe(await hashPassword(password));
  });

  it("is matched by its password and by no other", async () => {
    const stored = await hashPassword(password);
    expect(await verifyPassword(password, stored)).toBe(true);
    expect(await verifyPassword(`${password} `, stored)).toBe(false);
    expect(await verifyPassword("", stored)).toBe(false);
  });

  it("is matched however the same characters were typed", async () => {
    const stored = await hashPassword("caf\u00e9 au lait");
    expect(await verifyPassword("cafe\u0301 au lait", stored)).toBe(true);
  });

  it("of the reference implementation is matched", async () => {
    // A test vector of the reference implementation: password "password", salt "somesalt", 64 MiB.
    const stored =
      "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
    expect(await verifyPassword("password", stored)).toBe(true);
  });

  it.each([
    ["nothing", ""],
    ["plain text", password],
    ["another algorithm", "$2b$10$abcdefghijklmnopqrstuv"],
    [
      "more memory than is granted",
      `$argon2id$v=19$m=9999999,t=2,p=1$${"A".repeat(22)}$${"A".repeat(43)}`,
    ],
    ["no passes", `$argon2id$v=19$m=19456,t=0,p=1$${"A".repeat(22)}$${"A".repeat(43)}`],
  ])("that is %s matches nothing and fails nothing", async (_what, stored) => {
    expect(await verifyPassword(password, stored)).toBe(false);
  });
});
