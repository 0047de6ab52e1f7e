import { afterEach, describe, expect, test, vi } from "vitest";
import { createOrm } from "../../../src/db/orm.ts";
import { createPool } from "../../../src/db/sql/pool.ts";
import { databaseSettings } from "../../../src/db/sql/connection.ts";
import { createTestDatabase } from "../../support/database.ts";

const read = (url: string, session: readonly string[] = []) =>
  databaseSettings(url, { applicationName: "tallyman", session });

afterEach(() => vi.unstubAllEnvs());

describe("an address of a database", () => {
  test.each([
    ["postgres://u:p@h:5433/d", { host: "h", port: 5433, user: "u", password: "p", database: "d" }],
    ["postgresql://u@h/d", { host: "h", port: 5432, user: "u", password: "" }],
    ["POSTGRES://u@h/d", { host: "h", database: "d" }],
    ["postgres://u@[::1]:5433/d", { host: "::1", port: 5433 }],
    ["postgresql:///d?host=/var/run/postgresql", { host: "/var/run/postgresql", database: "d" }],
    ["postgresql://u@/d?host=/var/run/postgresql", { host: "/var/run/postgresql", user: "u" }],
    ["postgresql://u@%2Fvar%2Frun/d", { host: "/var/run", database: "d" }],
    ["postgres://h/d?user=u&password=p&port=7", { user: "u", password: "p", port: 7 }],
    ["postgres://u:a%40b%23c%2Fd%3Fe%25f%26g+h%20i@h/d", { password: "a@b#c/d?e%f&g+h i" }],
    ["postgres://u:a b%2Fc@h/d", { password: "a b/c" }],
    ["postgres://u@h/a%2Fb%23c%2525", { database: "a/b#c%25" }],
  ])("%s says where to go and as whom", (url, expected) => {
    expect(read(url)).toMatchObject(expected);
  });

  test("leaves the rest to PostgreSQL's own variables", () => {
    vi.stubEnv("PGHOST", "elsewhere");
    vi.stubEnv("PGPORT", "7");
    vi.stubEnv("PGUSER", "somebody");
    vi.stubEnv("PGDATABASE", "something");
    expect(read("postgres://")).toMatchObject({
      host: "elsewhere",
      port: 7,
      user: "somebody",
      database: "something",
    });
  });

  test.each([
    ["", undefined],
    ["?sslmode=disable", false],
    ["?sslmode=no-verify", { rejectUnauthorized: false }],
    ["?ssl=no-verify", { rejectUnauthorized: false }],
    ["?ssl=true", true],
    ["?sslmode=prefer", {}],
    ["?sslmode=require", {}],
    ["?sslmode=verify-ca", {}],
    ["?sslmode=verify-full", {}],
    ["?uselibpqcompat=true&sslmode=require", { rejectUnauthorized: false }],
  ])("with %j encrypts as it says", (query, ssl) => {
    expect(read(`postgres://u@h/d${query}`).ssl).toEqual(ssl);
  });

  test("names the application, where it wants to", () => {
    expect(read("postgres://u@h/d").application_name).toBe("tallyman");
    expect(read("postgres://u@h/d?application_name=shop").application_name).toBe("shop");
  });

  test("may set what a session begins with, but not what Tallyman needs of it", () => {
    const url = "postgres://u@h/d?options=-c%20a=1+-c+b=2";
    const always = read("postgres://u@h/d").options;
    expect(always).toContain("tcp_user_timeout=");
    expect(read(url).options).toBe(`${always} -c a=1 -c b=2`);
    expect(read(url, ["b=3", "c=4"]).options).toBe(`${always} -c a=1 -c b=2 -c b=3 -c c=4`);
    expect(read("postgres://u@h/d", ["b=3"]).options).toBe(`${always} -c b=3`);
  });

  test("passes nothing on that only steers the program that reads it", () => {
    const url = "postgres://u@h/d?max=1&pipeline=false&pgbouncer=true&schema=public&keepAlive=0";
    expect(read(url)).toEqual(read("postgres://u@h/d"));
  });
});

describe("options in an address", () => {
  test("hold for the pools and the ORM alike, beside Tallyman's own", async () => {
    const database = await createTestDatabase();
    const url = `${database.url}?options=-c%20lock_timeout%3D7s%20-c%20synchronous_commit%3Don`;
    const pool = createPool(url, { max: 1, synchronousCommit: "off", onError: () => undefined });
    const orm = await createOrm(url);
    const show = "select current_setting('lock_timeout') as lock, current_setting($1) as commit";
    const setting = "synchronous_commit";
    try {
      expect((await pool.query(show, [setting])).rows).toEqual([{ lock: "7s", commit: "off" }]);
      expect(await orm.em.fork().execute(show.replace("$1", "?"), [setting])).toEqual([
        { lock: "7s", commit: "on" },
      ]);
    } finally {
      await orm.close();
      await pool.end();
      await database.drop();
    }
  });
});
