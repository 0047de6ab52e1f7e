import { describe, expect, it } from "vitest";
import { ConfigError, readConfig } from "../src/config.ts";

describe("the configuration", () => {
  it("needs nothing: every setting has a default or may be absent", () => {
    expect(readConfig({})).toMatchObject({ PORT: 3000, HOST: "127.0.0.1", LOG_LEVEL: "info" });
  });

  it("is frozen", () => {
    expect(Object.isFrozen(readConfig({}))).toBe(true);
  });

  it("counts an empty variable as absent", () => {
    expect(readConfig({ PORT: "", REDIS_URL: "" })).toMatchObject({ PORT: 3000 });
  });

  it("names every problem at once, with what was expected and what came", () => {
    const read = () =>
      readConfig({
        PORT: "many",
        REDIS_URL: "http://redis",
        BATCH_ORDERS_MAX: "0",
        LOG_LEVEL: "loud",
      });
    expect(read).toThrow(ConfigError);
    expect(read).toThrow(/PORT: expected a whole number.*got "many"/);
    expect(read).toThrow(
      /REDIS_URL: expected an address that begins with redis:\/\/ or rediss:\/\//,
    );
    expect(read).toThrow(/BATCH_ORDERS_MAX/);
    expect(read).toThrow(/LOG_LEVEL/);
  });

  it("never shows a secret, not even a wrong one", () => {
    const secret = "not-a-url-but-hunter2";
    for (const name of ["DATABASE_URL", "REDIS_URL", "SMTP_URL", "BOOTSTRAP_API_KEY"]) {
      expect(() => readConfig({ [name]: secret })).toThrow(ConfigError);
      expect(() => readConfig({ [name]: secret })).not.toThrow(/hunter2/);
    }
  });

  it("takes addresses that webhooks may go to, and says which one is none", () => {
    const read = (text: string) => readConfig({ WEBHOOK_ALLOWED_ADDRESSES: text });
    expect(read("127.0.0.1,fd00::/8").WEBHOOK_ALLOWED_ADDRESSES).toHaveLength(2);
    expect(read("").WEBHOOK_ALLOWED_ADDRESSES).toBeUndefined();
    expect(() => read("127.0.0.1,erp.local")).toThrow(
      /WEBHOOK_ALLOWED_ADDRESSES: expected IP addresses or ranges.*"erp\.local" is none/,
    );
  });

  it("refuses settings that contradict each other", () => {
    expect(() => readConfig({ REDIS_URL: "redis://a", REDIS_CLUSTER_NODES: "a:1" })).toThrow(
      /got both/,
    );
    expect(() => readConfig({ BOOTSTRAP_ADMIN_EMAIL: "a@example.com" })).toThrow(/got one/);
  });

  it("names contradictions together with settings that can't be used", () => {
    const read = () =>
      readConfig({ PORT: "many", REDIS_URL: "http://a", REDIS_CLUSTER_NODES: "a:1" });
    expect(read).toThrow(/PORT: expected a whole number/);
    expect(read).toThrow(/REDIS_URL: expected an address/);
    expect(read).toThrow(/got both/);
  });

  it("says which words a setting takes", () => {
    expect(() => readConfig({ LOG_LEVEL: "loud" })).toThrow(
      'LOG_LEVEL: expected one of fatal, error, warn, info, debug, trace, silent; got "loud"',
    );
  });
});
