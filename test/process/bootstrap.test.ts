import type { MikroORM } from "@mikro-orm/postgresql";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  insertConfiguredAccess,
  makeFirstAccess,
  missingAccess,
} from "../../src/process/bootstrap.ts";
import { hashApiKey } from "../../src/api/auth/api-key.ts";
import { verifyPassword } from "../../src/api/auth/password.ts";
import { createOrm } from "../../src/db/orm.ts";
import { permissions } from "../../src/domain/access/permissions.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";

let database: TestDatabase;
let orm: MikroORM;
beforeEach(async () => {
  database = await createTestDatabase();
  orm = await createOrm(database.url);
});
afterEach(async () => {
  await orm.close();
  await database.drop();
});

const configured = {
  BOOTSTRAP_API_KEY: `tm_12345678_${"s".repeat(32)}`,
  BOOTSTRAP_ADMIN_EMAIL: "owner@example.com",
  BOOTSTRAP_ADMIN_PASSWORD: "a configured password",
};
const nothing = {
  BOOTSTRAP_API_KEY: undefined,
  BOOTSTRAP_ADMIN_EMAIL: undefined,
  BOOTSTRAP_ADMIN_PASSWORD: undefined,
};

type KeyRow = { prefix: string; secret_hash: Buffer; scopes: string[]; revoked_at: Date | null };
type UserRow = { email: string; password_hash: string; groups: string[] };

const keys = () => orm.em.fork().execute<KeyRow[]>("select * from api_key");
const users = () =>
  orm.em.fork().execute<UserRow[]>(
    `select email, password_hash, array(
      select group_code from admin_group_member where user_id = u.id order by 1) as groups
    from admin_user u`,
  );

const unseen = (): void => undefined;

describe("a new store", () => {
  it("gets the configured key with every scope, and the configured administrator", async () => {
    await insertConfiguredAccess(orm, configured);
    const [key] = await keys();
    expect(key).toMatchObject({ prefix: "12345678", revoked_at: null });
    expect(key?.secret_hash).toEqual(hashApiKey(configured.BOOTSTRAP_API_KEY));
    expect(key?.scopes).toEqual(permissions);
    const [user] = await users();
    expect(user).toMatchObject({
      email: "owner@example.com",
      groups: ["administrators", "store-managers"],
    });
    expect(await missingAccess(orm)).toEqual([]);
    expect(await verifyPassword("a configured password", user?.password_hash ?? "")).toBe(true);
    expect(await makeFirstAccess(orm, "http://here", unseen)).toEqual({});
  });

  it("gets random ones in the embedded mode, which are told once", async () => {
    const shown: unknown[] = [];
    const made = await makeFirstAccess(orm, "http://here", (credentials) =>
      shown.push(credentials),
    );
    expect(shown).toEqual([made]);
    expect(made.apiKey).toMatch(/^tm_[A-Za-z0-9]{8}_[A-Za-z0-9_-]{32}$/);
    const [user] = await users();
    expect(user?.email).toBe(made.adminEmail);
    expect(await verifyPassword(made.adminPassword ?? "", user?.password_hash ?? "")).toBe(true);
    expect(made.adminLink).toMatch(/^http:\/\/here\/admin\/login\/password\?token=/);
    expect(
      await makeFirstAccess(orm, "http://here", (credentials) => shown.push(credentials)),
    ).toEqual({});
    expect(shown).toHaveLength(1);
    expect([(await keys()).length, (await users()).length]).toEqual([1, 1]);
  });

  it("has none while they are being shown, and none if they could not be: the next start makes others", async () => {
    const failing = makeFirstAccess(orm, "http://here", () => {
      throw new Error("nobody is there to read");
    });
    await expect(failing).rejects.toThrow("nobody is there to read");
    expect([(await keys()).length, (await users()).length]).toEqual([0, 0]);
    const made = await makeFirstAccess(orm, "http://here", unseen);
    expect(made.apiKey).toBeDefined();
    expect(made.adminPassword).toBeDefined();
  });

  it("gets at random only what is not configured", async () => {
    const { BOOTSTRAP_API_KEY } = configured;
    await insertConfiguredAccess(orm, { ...nothing, BOOTSTRAP_API_KEY });
    expect(await users()).toEqual([]);
    expect(Object.keys(await makeFirstAccess(orm, "http://here", unseen))).toEqual([
      "adminEmail",
      "adminPassword",
      "adminLink",
    ]);
  });

  it("gets nothing where nothing is configured", async () => {
    await insertConfiguredAccess(orm, nothing);
    expect(await missingAccess(orm)).toEqual([
      expect.stringContaining("npx tallyman admin create <email>"),
      expect.stringContaining("npx tallyman key create <name>"),
    ]);
    expect([(await keys()).length, (await users()).length]).toEqual([0, 0]);
  });

  it("gets one of each, however many processes start at once, and one of them is told", async () => {
    const all = await Promise.all(
      Array.from({ length: 6 }, () => makeFirstAccess(orm, "http://here", unseen)),
    );
    expect([(await keys()).length, (await users()).length]).toEqual([1, 1]);
    expect(all.filter(({ apiKey }) => apiKey !== undefined)).toHaveLength(1);
    expect(all.filter(({ adminPassword }) => adminPassword !== undefined)).toHaveLength(1);
  });

  it("is told where the configured key is none", async () => {
    const config = { ...configured, BOOTSTRAP_API_KEY: "secret" };
    await expect(insertConfiguredAccess(orm, config)).rejects.toThrow(/BOOTSTRAP_API_KEY/);
    expect(await keys()).toEqual([]);
  });
});

describe("a store that had its keys and people", () => {
  it("gets no more of them, even where the last was revoked or disabled", async () => {
    await makeFirstAccess(orm, "http://here", unseen);
    await orm.em.execute("update api_key set revoked_at = now()");
    await orm.em.execute("update admin_user set enabled = false");
    await insertConfiguredAccess(orm, configured);
    expect(await makeFirstAccess(orm, "http://here", unseen)).toEqual({});
    expect([(await keys()).length, (await users()).length]).toEqual([1, 1]);
  });
});
