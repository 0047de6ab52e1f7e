// Whatever somebody with a part of the permissions tries, in whatever order, the rest stays as it was.

import * as fc from "fast-check";
import { expect, it } from "vitest";
import { Refused } from "../../../src/db/refused.ts";
import { insertApiKey, revokeApiKey } from "../../../src/db/access/api-keys.ts";
import { changeAdminUser, deleteAdminUser } from "../../../src/db/access/change-admin-user.ts";
import { createAdminUser } from "../../../src/db/access/create-admin-user.ts";
import { type Granter, operator } from "../../../src/db/access/granter.ts";
import {
  changeMembership,
  deleteAdminGroup,
  saveAdminGroup,
} from "../../../src/db/access/save-admin-group.ts";
import { type Permission, permissions } from "../../../src/domain/access/permissions.ts";
import { useOrm } from "../support/use-orm.ts";

const orm = useOrm();
const matchesVersion = () => true;
const groups = ["administrators", "store-managers", "half", "empty", "made"];
const emails = ["boss@example.com", "half@example.com", "nobody@example.com", "off@example.com"];
let made = 0;

const some = fc.subarray([...permissions]);
const group = fc.constantFrom(...groups);
const index = fc.nat({ max: emails.length - 1 });
const act = fc.oneof(
  fc.record({ kind: fc.constant("save"), group, some, members: fc.option(fc.array(index)) }),
  fc.record({ kind: fc.constant("delete-group"), group }),
  fc.record({ kind: fc.constantFrom("join", "leave"), group, index }),
  fc.record({ kind: fc.constant("reset"), index }),
  fc.record({ kind: fc.constant("disable"), index }),
  fc.record({ kind: fc.constant("move"), index, groups: fc.subarray(groups) }),
  fc.record({ kind: fc.constant("delete-person"), index }),
  fc.record({ kind: fc.constant("create-person"), groups: fc.subarray(groups) }),
  fc.record({ kind: fc.constant("make-key"), some }),
  fc.record({ kind: fc.constant("revoke-key") }),
);
type Act = typeof act extends fc.Arbitrary<infer T> ? T : never;

it("a granter with a part of the permissions changes nothing that is beyond that part", async () => {
  await fc.assert(
    fc.asyncProperty(some, fc.array(act, { minLength: 1, maxLength: 8 }), async (has, acts) => {
      const { granter, ids, fullKey } = await furnish([...has, "admin:write"]);
      const before = await whatIsBeyond(new Set([...has, "admin:write"]));
      for (const one of acts) await attempt(granter, one, ids, fullKey);
      expect(await whatIsBeyond(new Set([...has, "admin:write"]))).toEqual(before);
    }),
    { numRuns: 60 },
  );
}, 120_000);

/** A store with groups, people and keys that have more and less, and a key that has this much. */
async function furnish(has: readonly Permission[]) {
  const db = orm().em.fork();
  await db.execute("delete from admin_user");
  await db.execute("delete from api_key");
  await db.execute(
    "delete from admin_group where code not in ('administrators', 'store-managers')",
  );
  const save = (code: string, granted: readonly Permission[]) =>
    saveAdminGroup(
      orm(),
      { code, granter: operator, matchesVersion },
      { name: code, permissions: granted },
    );
  await save("administrators", permissions);
  await save("half", permissions.slice(0, 8));
  await save("empty", []);
  const codes = [["administrators"], ["half"], [], ["administrators", "half"]];
  const ids: string[] = [];
  for (const [place, email] of emails.entries()) {
    const person = { email, name: email, passwordHash: "at first", enabled: place !== 3 };
    const { id } = await createAdminUser(
      orm(),
      { ...person, groups: codes[place] ?? [] },
      operator,
    );
    ids.push(id);
  }
  const { id: fullKey } = await makeKey(permissions, operator);
  const { id } = await makeKey(has, operator);
  const granter: Granter = { kind: "key", id };
  return { granter, ids, fullKey };
}

function makeKey(scopes: readonly Permission[], granter: Granter) {
  made += 1;
  const key = { name: `key ${made}`, prefix: `p${made}`, secretHash: Buffer.alloc(32), scopes };
  return insertApiKey(orm(), { ...key, expiresAt: null, createdBy: "test" }, granter);
}

async function attempt(
  granter: Granter,
  one: Act,
  ids: readonly string[],
  fullKey: string,
): Promise<void> {
  try {
    await perform(granter, one, ids, fullKey);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
  }
}

async function perform(
  granter: Granter,
  one: Act,
  ids: readonly string[],
  fullKey: string,
): Promise<void> {
  const idOf = (place: number): string => ids[place] ?? "";
  if ("members" in one) {
    const members = one.members === null ? undefined : [...new Set(one.members)].map(idOf);
    const content = { name: "saved", permissions: one.some, members };
    await saveAdminGroup(orm(), { code: one.group, granter, matchesVersion }, content);
  } else if ("group" in one && "index" in one) {
    const change = one.kind === "join" ? "join" : "leave";
    await changeMembership(orm(), { code: one.group, granter }, idOf(one.index), change);
  } else if ("group" in one) {
    await deleteAdminGroup(orm(), { code: one.group, granter, matchesVersion });
  } else if ("some" in one) {
    await makeKey(one.some, granter);
  } else if ("index" in one) {
    const request = { id: idOf(one.index), granter, matchesVersion };
    if (one.kind === "delete-person") await deleteAdminUser(orm(), request);
    else if (one.kind === "reset") {
      await changeAdminUser(orm(), request, { passwordHash: "another" });
    } else if (one.kind === "disable") await changeAdminUser(orm(), request, { enabled: false });
    else if ("groups" in one) await changeAdminUser(orm(), request, { groups: one.groups });
  } else if ("groups" in one) {
    made += 1;
    const email = `made${made}@example.com`;
    const person = { email, name: email, passwordHash: "made", enabled: true, groups: one.groups };
    await createAdminUser(orm(), person, granter);
  } else {
    await revokeApiKey(orm(), fullKey, granter);
  }
}

/** Who and what has a permission that is not among these, with the passwords of those people. */
async function whatIsBeyond(has: ReadonlySet<string>) {
  const beyond = permissions.filter((permission) => !has.has(permission));
  const db = orm().em.fork();
  const granted = await db.execute<{ what: string; permission: string }[]>(
    `select 'group ' || code as what, p as permission from admin_group, unnest(permissions) p
      union all
      select 'key ' || id, p from api_key, unnest(scopes) p where revoked_at is null
      union all
      select concat('person ', u.id, ' ', u.enabled, ' ', u.password_hash, ' in ', g.code), p
      from admin_user u join admin_group_member m on m.user_id = u.id
      join admin_group g on g.code = m.group_code, unnest(g.permissions) p
      order by 1, 2`,
  );
  return granted.filter(({ permission }) => beyond.some((one) => one === permission));
}
