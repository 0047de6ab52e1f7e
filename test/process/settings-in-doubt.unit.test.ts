import { describe, expect, it } from "vitest";
import { readConfig } from "../../src/config.ts";
import { settingsInDoubt } from "../../src/process/settings-in-doubt.ts";

const doubts = (environment: Readonly<Record<string, string>>) =>
  settingsInDoubt(readConfig(environment));
const SMTP_URL = "smtp://mail.example.com";

describe("a public address that is missing", () => {
  it("is a warning while mails leave, which names the address that their links have", () => {
    const [warning, ...others] = doubts({ SMTP_URL, PORT: "3100" });
    expect(warning).toContain("http://127.0.0.1:3100");
    expect(warning).toContain("Set PUBLIC_URL");
    expect(others).toEqual([]);
  });

  it("is none if no mail leaves, or if it is set", () => {
    expect(doubts({})).toEqual([]);
    expect(doubts({ SMTP_URL, PUBLIC_URL: "https://stock.example.com" })).toEqual([]);
  });
});
