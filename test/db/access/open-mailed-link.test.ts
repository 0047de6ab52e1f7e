// The link of a mail is made only while its request holds: not once it was used or taken back, is too old, or its person is
// disabled or has another address.

import { createHash, randomBytes, randomUUID } from "node:crypto";
import type { Pool } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  endInvitations,
  endPasswordRequests,
  insertPasswordRequest,
  openMailedLink,
  writeAccountMail,
} from "../../../src/db/access/account-mails.ts";
import { choosePassword, findLinkedPerson } from "../../../src/db/access/linked-person.ts";
import { createPool } from "../../../src/db/sql/pool.ts";
import { sqlOn } from "../../../src/db/sql/sql.ts";
import { inTransaction } from "../../../src/db/sql/transaction.ts";
import { createTestDatabase, type TestDatabase } from "../../support/database.ts";

let database: TestDatabase;
let pool: Pool;
beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool(database.url, { max: 4, synchronousCommit: "off", onError: () => undefined });
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

const purposes = ["invitation", "reset"] as const;
const hourMs = 3_600_000;
const hash = (): Buffer => createHash("sha256").update(randomBytes(32)).digest();

/** A person whose mail with a link waits to be sent. */
async function askedPerson(purpose: (typeof purposes)[number]) {
  const id = randomUUID();
  const email = `${id}@example.com`;
  await pool.query(
    `insert into admin_user (id, email, name, password_hash, enabled) values ($1, $2, 'Ann', 'first', true)`,
    [id, email],
  );
  return inTransaction(pool, async ({ sql }) => {
    const endsAt = new Date(Date.now() + hourMs);
    const request = await insertPasswordRequest(sql, { userId: id, purpose, endsAt });
    const content = { templateCode: "tallyman:test", data: {}, messageIdHost: "shop.example.com" };
    const mail = await writeAccountMail(sql, { name: "Ann", email }, content, request);
    return { id, email, request, mail: mail.id };
  });
}
type Asked = Awaited<ReturnType<typeof askedPerson>>;

const linksOf = async ({ id }: Asked): Promise<number> => {
  const { rows } = await pool.query("select 1 from password_link where user_id = $1", [id]);
  return rows.length;
};

/** What ends a request before its mail is sent. */
const ends: readonly {
  readonly what: string;
  readonly make: (asked: Asked) => Promise<unknown>;
}[] = [
  {
    what: "another password was set meanwhile",
    make: ({ id }) =>
      pool.query("update admin_user set password_hash = 'second' where id = $1", [id]),
  },
  {
    what: "its time is over",
    make: ({ request }) =>
      pool.query("update password_request set ends_at = clock_timestamp() where id = $1", [
        request,
      ]),
  },
  {
    what: "it was taken back",
    make: ({ id }) => endPasswordRequests(sqlOn(pool), id),
  },
  {
    what: "its person was disabled",
    make: ({ id }) => pool.query("update admin_user set enabled = false where id = $1", [id]),
  },
  {
    what: "its person has another address",
    make: ({ id }) =>
      pool.query("update admin_user set email = 'new-' || email where id = $1", [id]),
  },
];

describe.each(purposes)("the link of a mail (%s)", (purpose) => {
  it("is made, and leads to the person", async () => {
    const asked = await askedPerson(purpose);
    const token = hash();
    expect(await openMailedLink(pool, asked.mail, token, 1)).toBe(true);
    expect(await findLinkedPerson(pool, token)).toMatchObject({ id: asked.id });
  });

  it("is made too if the address was only written in other letters", async () => {
    const asked = await askedPerson(purpose);
    await pool.query("update admin_user set email = upper(email) where id = $1", [asked.id]);
    expect(await openMailedLink(pool, asked.mail, hash(), 1)).toBe(true);
  });

  it.each(ends)("is not made if $what", async ({ make }) => {
    const asked = await askedPerson(purpose);
    await make(asked);
    expect(await openMailedLink(pool, asked.mail, hash(), 1)).toBe(false);
    expect(await linksOf(asked)).toBe(0);
  });

  it("is not made a second time once the first was used", async () => {
    const asked = await askedPerson(purpose);
    const token = hash();
    await openMailedLink(pool, asked.mail, token, 1);
    const person = await findLinkedPerson(pool, token);
    expect(person !== null && (await choosePassword(pool, person, "chosen", null))).toBe(true);
    expect(await openMailedLink(pool, asked.mail, hash(), 1)).toBe(false);
    expect(await linksOf(asked)).toBe(0);
  });
});

describe("a mail", () => {
  it("without a request gets no link", async () => {
    const { mail } = await askedPerson("reset");
    await pool.query("update mail set password_request_id = null where id = $1", [mail]);
    expect(await openMailedLink(pool, mail, hash(), 1)).toBe(false);
  });

  it("of an earlier invitation gets no link when another was written", async () => {
    const asked = await askedPerson("invitation");
    const endsAt = new Date(Date.now() + hourMs);
    await insertPasswordRequest(sqlOn(pool), { userId: asked.id, purpose: "invitation", endsAt });
    expect(await openMailedLink(pool, asked.mail, hash(), 1)).toBe(false);
  });

  it("to a new password keeps its link when an invitation is taken back", async () => {
    const asked = await askedPerson("reset");
    await endInvitations(sqlOn(pool), asked.id);
    expect(await openMailedLink(pool, asked.mail, hash(), 1)).toBe(true);
  });
});
