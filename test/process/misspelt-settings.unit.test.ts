import { describe, expect, it } from "vitest";
import { misspeltSettings } from "../../src/process/misspelt-settings.ts";

describe("a variable whose name is nearly a setting's", () => {
  it.each([
    ["REDIS_URLS", "REDIS_URL"],
    ["REDIS_URI", "REDIS_URL"],
    ["SMPT_URL", "SMTP_URL"],
    ["SMTP_URL_FIEL", "SMTP_URL_FILE"],
    ["DATABSE_URL", "DATABASE_URL"],
    ["database_url", "DATABASE_URL"],
    ["MAIL_FORM", "MAIL_FROM"],
    ["BATCH_ORDER_MAX", "BATCH_ORDERS_MAX"],
  ])("%s is told of, as %s was probably meant", (name, meant) => {
    const value = "redis://:hunter2@h";
    expect(misspeltSettings({ [name]: value })).toEqual([
      `${name} is set, but there is no such setting. Was ${meant} meant?`,
    ]);
  });

  it("is left alone if the setting itself is set, or the variable is empty", () => {
    expect(misspeltSettings({ REDIS_URI: "x", REDIS_URL: "redis://h" })).toEqual([]);
    expect(misspeltSettings({ REDIS_URI: "" })).toEqual([]);
  });
});

it("the variables of a usual machine, of PostgreSQL and of npm are left alone", () => {
  const names =
    "PATH HOME HOSTNAME USER PGPORT PGHOST PGUSER PG_PORT MAIL TERM LANG PWD XDG_DATA_DIRS XDG_DATA_DIR NODE_ENV NO_COLOR DATABASE_HOST DATABASE_PORT REDIS_HOST REDIS_PORT SMTP_USER SMTP_PORT APP_LOG_LEVEL npm_config_loglevel PORTS HOSTS POSTGRES_PASSWORD";
  expect(misspeltSettings(Object.fromEntries(names.split(" ").map((name) => [name, "1"])))).toEqual(
    [],
  );
});
