// Alerts, mails, groups, people, sessions, keys, templates and settings come back as they were written.

import { type EntityManager, OptimisticLockError } from "@mikro-orm/postgresql";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { AdminGroup } from "../../../src/db/entities/admin-group.ts";
import { AdminSession } from "../../../src/db/entities/admin-session.ts";
import { AdminUser } from "../../../src/db/entities/admin-user.ts";
import { ApiKey } from "../../../src/db/entities/api-key.ts";
import { Mail } from "../../../src/db/entities/mail.ts";
import { MailTemplate } from "../../../src/db/entities/mail-template.ts";
import { MailTemplateVersion } from "../../../src/db/entities/mail-template-version.ts";
import { StockAlert } from "../../../src/db/entities/stock-alert.ts";
import { StockLevel } from "../../../src/db/entities/stock-level.ts";
import { Store } from "../../../src/db/entities/store.ts";
import { permissions } from "../../../src/domain/access/permissions.ts";
import { useOrm } from "../support/use-orm.ts";

const orm = useOrm();
/** The manager that writes, and the one that reads back, which has seen nothing yet. */
let em: EntityManager;
let reader: EntityManager;

beforeAll(async () => {
  await orm()
    .em.fork()
    .execute(
      `insert into product (sku, name, type_code, enabled, track_inventory, hide_if_out_of_stock,
       allow_pre_order, allow_negative_stock)
     values ('POT', 'Tea pot', 'goods', true, true, false, false, false)`,
    );
});

beforeEach(() => {
  em = orm().em.fork();
  reader = orm().em.fork();
});

describe("an alert and its mail", () => {
  test("come back with the level that ran low", async () => {
    const level = await em.findOneOrFail(StockLevel, { sku: "POT" });
    const alert = em.create(StockAlert, {
      level,
      openedAs: "low",
      state: "out",
      openedUnits: 3,
      openedLimit: 5,
      escalatedUnits: -1,
    });
    const first = em.create(Mail, {
      templateCode: "shop:low_stock_internal",
      alert,
      notice: "low",
      toName: "A manager",
      toEmail: "manager@example.com",
      data: { units: 3 },
      messageId: "<1@example.com>",
    });
    await em.flush();
    em.create(Mail, {
      templateCode: "shop:low_stock_internal",
      alert,
      notice: "low",
      resendOf: first,
      toName: "A manager",
      toEmail: "manager@example.com",
      data: { units: 3 },
      messageId: "<2@example.com>",
      status: "sent",
      sentAt: new Date("2030-01-02T03:04:05.678Z"),
    });
    await em.flush();

    const mails = await reader.find(
      Mail,
      {},
      { orderBy: { messageId: "asc" }, populate: ["alert.level"] },
    );
    expect(mails).toMatchObject([
      { notice: "low", data: { units: 3 }, status: "pending", attempts: 0, resendOf: null },
      { status: "sent", sentAt: new Date("2030-01-02T03:04:05.678Z"), html: null },
    ]);
    expect(mails[1]?.resendOf).toBe(mails[0]);
    expect(mails[0]?.alert).toMatchObject({
      openedAs: "low",
      state: "out",
      openedUnits: 3,
      openedLimit: 5,
      escalatedUnits: -1,
      endedAt: null,
      recipientsMissing: false,
    });
    expect(mails[0]?.alert?.level.sku).toBe("POT");
  });
});

describe("a group", () => {
  test("starts with every permission for administrators", async () => {
    const group = await reader.findOneOrFail(AdminGroup, "administrators");
    expect(group.permissions.toSorted()).toEqual([...permissions].toSorted());
  });

  test("starts with permissions that exist", async () => {
    const groups = await reader.findAll(AdminGroup);
    expect(groups.map(({ code }) => code).toSorted()).toEqual([
      "administrators",
      "store-managers",
      "viewers",
    ]);
    expect(permissions).toEqual(
      expect.arrayContaining(groups.flatMap((group) => group.permissions)),
    );
  });

  test("counts its versions", async () => {
    const group = em.create(AdminGroup, { code: "buyers", name: "Buyers", permissions: [] });
    await em.flush();
    group.permissions = ["stock:read", "catalogue:read"];
    await em.flush();
    expect(await reader.findOneOrFail(AdminGroup, "buyers")).toMatchObject({
      permissions: ["stock:read", "catalogue:read"],
      version: 2,
    });
  });
});

describe("an administrator", () => {
  const person = { name: "A person", passwordHash: "$argon2id$", enabled: true };

  test("comes back with the groups they are in, and is found by them", async () => {
    const user = em.create(AdminUser, { ...person, email: "One@example.com" });
    user.groups.add(em.getReference(AdminGroup, "viewers"));
    user.groups.add(em.getReference(AdminGroup, "store-managers"));
    await em.flush();
    user.groups.remove(em.getReference(AdminGroup, "viewers"));
    await em.flush();

    const found = await reader.find(
      AdminUser,
      { groups: { code: "store-managers" } },
      { populate: ["groups"] },
    );
    expect(found).toMatchObject([{ ...person, email: "One@example.com", version: 1 }]);
    expect(found[0]?.groups.getItems()).toMatchObject([{ name: "Store managers" }]);
  });

  test("is not serialised with the hash of their password", async () => {
    const user = em.create(AdminUser, { ...person, email: "two@example.com" });
    await em.flush();
    expect(JSON.stringify(user)).toContain("two@example.com");
    expect(JSON.stringify(user)).not.toContain("argon2id");
  });

  test("is logged in by a session, which ends with them", async () => {
    const user = em.create(AdminUser, { ...person, email: "three@example.com" });
    const tokenHash = Buffer.from([0, 128, 255]);
    em.create(AdminSession, { tokenHash, user, expiresAt: new Date("2030-01-01T00:00:00Z") });
    await em.flush();
    const found = await reader.findOneOrFail(AdminSession, { tokenHash }, { populate: ["user"] });
    expect(found.expiresAt).toEqual(new Date("2030-01-01T00:00:00Z"));
    expect(found.user.email).toBe("three@example.com");

    await em.remove(user).flush();
    expect(await orm().em.fork().count(AdminSession, { user: user.id })).toBe(0);
  });
});

describe("an API key", () => {
  test("comes back with its scopes, and is not serialised with its hash", async () => {
    const secretHash = Buffer.from("a hash of a secret");
    const key = em.create(ApiKey, {
      name: "Checkout",
      prefix: "tm_1",
      secretHash,
      scopes: ["orders:write"],
      createdBy: "cli",
    });
    await em.flush();
    const found = await reader.findOneOrFail(ApiKey, { prefix: "tm_1" });
    expect(found).toMatchObject({ id: key.id, scopes: ["orders:write"], revokedAt: null });
    expect(secretHash.equals(found.secretHash)).toBe(true);
    expect(JSON.parse(JSON.stringify(found))).not.toHaveProperty("secretHash");
  });
});

describe("a mail template", () => {
  test("comes back with what it said in each of its versions", async () => {
    const code = "shop:low_stock_internal";
    const template = em.create(MailTemplate, { code, subject: "Low", updatedBy: "cli" });
    em.create(MailTemplateVersion, { template, version: 1, subject: "Low", savedBy: "cli" });
    await em.flush();
    template.body = "Only **{{ units }}** left";
    em.create(MailTemplateVersion, { template, version: 2, body: template.body, savedBy: "cli" });
    await em.flush();

    const found = await reader.findOneOrFail(MailTemplate, code);
    expect(found).toMatchObject({ subject: "Low", body: template.body, version: 2 });
    const versions = await reader.find(
      MailTemplateVersion,
      { template: code },
      { orderBy: { version: "asc" } },
    );
    expect(versions).toMatchObject([
      { version: 1, subject: "Low", body: null },
      { version: 2, subject: null, body: template.body },
    ]);
  });
});

describe("the store", () => {
  test("exists from the start, and two people who save it at once don't overwrite each other", async () => {
    const store = await em.findOneOrFail(Store, 1);
    expect(store).toMatchObject({ name: "My store", mailFromEmail: null, version: 1 });
    const other = await reader.findOneOrFail(Store, 1);
    store.replyToEmail = "shop@example.com";
    await em.flush();
    other.name = "Another name";
    await expect(reader.flush()).rejects.toThrow(OptimisticLockError);
  });
});
