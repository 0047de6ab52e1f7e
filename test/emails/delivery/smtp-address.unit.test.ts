import { describe, expect, it } from "vitest";
import { readConfig } from "../../../src/config.ts";
import { readSmtpAddress, smtpAddressProblems } from "../../../src/emails/delivery/smtp-address.ts";

describe("an address with a login", () => {
  it.each([
    ["smtp://shop:secret@mail.example.com:587", true],
    ["smtp://shop:secret@10.0.0.7", true],
    ["smtp://shop:secret@localhost.example.com", true],
    ["smtp://shop:secret@mail.example.com?requireTLS=false", false],
    ["smtp://shop:secret@localhost:1025", false],
    ["smtp://shop:secret@127.0.0.1:1025", false],
    ["smtp://shop:secret@[::1]:1025", false],
    ["smtp://mail.example.com", false],
    ["smtp://mail.example.com?requireTLS=true", true],
    ["smtp://shop:secret@localhost?requireTLS=true", true],
  ])("%s makes encryption a must: %s", (address, requireTls) => {
    expect(readSmtpAddress(address).requireTls).toBe(requireTls);
  });

  it("requires encryption of a login, unless the address says otherwise", () => {
    for (const option of ["ignoreTLS", "opportunisticTLS"]) {
      const address = `smtp://shop:secret@mail.example.com?${option}=true`;
      expect(smtpAddressProblems(address)).toEqual([expect.stringContaining("requireTLS=false")]);
      expect(smtpAddressProblems(`${address}&requireTLS=false`)).toEqual([]);
    }
  });
});

describe("an option of an address", () => {
  it.each([
    ["requireTls=true", /unknown option requireTls: write requireTLS/],
    ["requiretls=true", /write requireTLS/],
    ["tls.rejectunauthorized=false", /write tls.rejectUnauthorized/],
    ["requireTSL=true", /number 1 after the question mark: expected one of .*requireTLS/],
    ["requireTLS=yes", /requireTLS: expected true or false/],
    ["requireTLS", /requireTLS: expected true or false/],
    ["tls.rejectUnauthorized=0", /tls.rejectUnauthorized: expected true or false/],
    ["requireTLS=true&requireTLS=false", /requireTLS more than once/],
  ])("%s is refused at the start, in words that say what to write", (query, message) => {
    const SMTP_URL = `smtp://shop:a-secret@mail.example.com?${query}`;
    expect(() => readConfig({ SMTP_URL })).toThrow(message);
    expect(() => readConfig({ SMTP_URL })).not.toThrow(/a-secret/);
    expect(() => readSmtpAddress(SMTP_URL)).toThrow(message);
  });

  it("is taken if it is known", () => {
    const query =
      "requireTLS=true&tls.rejectUnauthorized=false&tls.servername=mail.example&name=shop.example&socketTimeout=5000";
    expect(readConfig({ SMTP_URL: `smtp://mail.example.com?${query}` })).toBeDefined();
  });

  it("is not repeated if it may be the rest of a password", () => {
    const SMTP_URL = "smtp://shop@host:12?rest-of-it@mail.example.com";
    expect(() => readConfig({ SMTP_URL })).toThrow(/percent-encode/);
    expect(() => readConfig({ SMTP_URL })).not.toThrow(/rest-of-it/);
  });
});
