import { describe, expect, it } from "vitest";
import { readConfig } from "../../src/config.ts";
import { settingsInDoubt } from "../../src/process/settings-in-doubt.ts";

const doubts = (environment: Readonly<Record<string, string>>) =>
  settingsInDoubt(readConfig(environment));
const SMTP_URL = "smtp://mail.example.com";
const MAIL_FROM = "stock@shop.example";
const PUBLIC_URL = "https://stock.example.com";

describe("a public address that is missing", () => {
  it("is a warning while mails leave, which names the address that their links have", () => {
    const [warning, ...others] = doubts({ SMTP_URL, MAIL_FROM, PORT: "3100" });
    expect(warning).toContain("http://127.0.0.1:3100");
    expect(warning).toContain("Set PUBLIC_URL");
    expect(others).toEqual([]);
  });

  it("is none if no mail leaves, or if it is set", () => {
    expect(doubts({})).toEqual([]);
    expect(doubts({ SMTP_URL, MAIL_FROM, PUBLIC_URL })).toEqual([]);
  });
});

describe("a sender that is missing", () => {
  it("is a warning while mails leave, which names the address that they leave with", () => {
    const [warning, ...others] = doubts({ SMTP_URL, PUBLIC_URL });
    expect(warning).toContain("MAIL_FROM is tallyman@localhost.localdomain");
    expect(warning).toContain("Set MAIL_FROM");
    expect(others).toEqual([]);
  });
});
