import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
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

describe("a secret in a file", () => {
  const folder = mkdtempSync(join(tmpdir(), "secrets-"));
  afterAll(() => rmSync(folder, { recursive: true }));
  const fileWith = (name: string, text: string): string => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };
  const secret = {
    DATABASE_URL: "postgres://a:hunter2@h/d",
    REDIS_URL: "redis://:hunter2@h",
    SMTP_URL: "smtp://a:hunter2@h",
    BOOTSTRAP_API_KEY: `tm_12345678_${"s".repeat(32)}`,
  };

  it.each(Object.entries(secret))("gives %s, without the line break at its end", (name, value) => {
    for (const end of ["", "\n", "\r\n"]) {
      const path = fileWith(name, `${value}${end}`);
      expect(readConfig({ [`${name}_FILE`]: path })).toMatchObject({ [name]: value });
    }
  });

  it("gives the nodes of a cluster, and the first administrator", () => {
    const given = {
      REDIS_CLUSTER_NODES: "rediss://a:hunter2@h:1",
      BOOTSTRAP_ADMIN_EMAIL: "ann@example.com",
      BOOTSTRAP_ADMIN_PASSWORD: " a password with spaces ",
    };
    const environment = Object.entries(given).map(([name, value]) => [
      `${name}_FILE`,
      fileWith(name, `${value}\n`),
    ]);
    expect(readConfig(Object.fromEntries(environment))).toMatchObject(given);
  });

  it("is refused beside the variable, under both names", () => {
    const DATABASE_URL_FILE = fileWith("both", secret.DATABASE_URL);
    const read = () => readConfig({ DATABASE_URL: secret.DATABASE_URL, DATABASE_URL_FILE });
    expect(read).toThrow("DATABASE_URL and DATABASE_URL_FILE: expected one of them; got both");
  });

  it("names the file that can't be read, is empty, or is another one than was meant", () => {
    const directory = join(folder, "directory");
    mkdirSync(directory);
    const refused = [
      [
        join(folder, "none"),
        /SMTP_URL_FILE: expected a file that this user can read; ".*none".*\(ENOENT\)/,
      ],
      [directory, /".*directory" can't be read \(EISDIR\)/],
      [fileWith("empty", "\n"), /SMTP_URL_FILE: expected a value in ".*empty"; the file is empty/],
      [fileWith("long", "x".repeat(20_000)), /at most 10000 characters in ".*long"; got 20000/],
    ] as const;
    for (const [SMTP_URL_FILE, message] of refused) {
      expect(() => readConfig({ SMTP_URL_FILE })).toThrow(message);
    }
  });

  it("is never shown, and its problem names the variable of the file", () => {
    const read = () => readConfig({ SMTP_URL_FILE: fileWith("wrong", "hunter2") });
    expect(read).toThrow(/SMTP_URL_FILE: expected an address.*not shown here/);
    expect(read).not.toThrow(/hunter2/);
    const key = fileWith("a-key", "PRIVATE hunter2 KEY");
    const other = () => readConfig({ BOOTSTRAP_ADMIN_EMAIL_FILE: key });
    expect(other).toThrow(/BOOTSTRAP_ADMIN_EMAIL_FILE: expected an address.*not shown here/);
    expect(other).not.toThrow(/hunter2/);
  });

  it("counts as absent if its variable is empty, and exists for secrets only", () => {
    expect(readConfig({ SMTP_URL_FILE: "", PORT_FILE: "/nowhere" })).toMatchObject({ PORT: 3000 });
  });
});
