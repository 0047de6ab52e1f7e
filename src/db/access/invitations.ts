// Invites a person: creates them without a password that anybody knows, and writes the mail with the link to choose one, or
// stores the link for whoever invites. An invitation can be sent again and taken back until the person has a password.

import type { EntityManager, MikroORM } from "@mikro-orm/postgresql";
import { recordAct } from "../activity/record-acts.ts";
import type { WrittenMail } from "../alerts/write-low-stock-mails.ts";
import { Refused } from "../refused.ts";
import { sqlWithin } from "../sql/sql.ts";
import {
  type AccountMail,
  type Addressee,
  endInvitations,
  endPasswordRequests,
  insertPasswordRequest,
  writeAccountMail,
} from "./account-mails.ts";
import {
  type AdminUserView,
  type LoadedAdminUser,
  permissionsOf,
  personOf,
  requireAdminUser,
  viewAdminUser,
} from "./admin-user-view.ts";
import { changeAccess, refuseBeyond } from "./change-access.ts";
import { insertAdminUser, type NewAdminUser } from "./create-admin-user.ts";
import type { Granter } from "./granter.ts";
import { insertPasswordLink } from "./linked-person.ts";

/**
 * How the link gets to the person: by a mail, or by whoever invites, if no mail leaves. Then `tokenHash` is the link's.
 * Nobody can choose a password by the invitation after `endsAt`.
 */
export type Inviting = { readonly endsAt: Date } & (
  | { readonly by: "mail"; readonly compose: (to: Addressee) => AccountMail }
  | { readonly by: "hand"; readonly tokenHash: Buffer }
);

/** A person who was invited, and the mail to be announced; null if there is none. */
export type Invited = { readonly person: AdminUserView; readonly mail: WrittenMail | null };

/** Creates a person and invites them. Throws `Refused` as `createAdminUser` does. */
export function createInvited(
  orm: MikroORM,
  person: NewAdminUser,
  granter: Granter,
  inviting: Inviting,
): Promise<Invited> {
  return changeAccess(orm, granter, async (em, may) =>
    invite(em, await insertAdminUser(em, person, may), inviting),
  );
}

/**
 * Invites a person again. Earlier links end. Throws `Refused` if there is no such person, they have a password, are
 * disabled, or may do more than the granter.
 */
export function inviteAgain(
  orm: MikroORM,
  id: string,
  granter: Granter,
  inviting: Inviting,
): Promise<Invited> {
  return changeAccess(orm, granter, async (em, may) => {
    const user = await requireInvited(em, id, may);
    if (!user.enabled) throw new Refused({ kind: "person-disabled" });
    return invite(em, user, inviting);
  });
}

/** Takes an invitation back: all links of the person end, also to a new password. The person stays, and can be invited again. Throws `Refused` as above. */
export function revokeInvitation(orm: MikroORM, id: string, granter: Granter): Promise<void> {
  return changeAccess(orm, granter, async (em, may) => {
    const user = await requireInvited(em, id, may);
    const sql = sqlWithin(em);
    await endPasswordRequests(sql, id);
    // Links without a mail belong to no request.
    await sql("delete from password_link where user_id = $1 and request_id is null", [id]);
    if (user.invitationEndsAt === null) return;
    user.invitationEndsAt = null;
    await em.flush();
    const subject = personOf(user);
    await recordAct(sql, { kind: "person.invitationRevoked", subject, before: null, after: null });
  });
}

async function requireInvited(
  em: EntityManager,
  id: string,
  may: ReadonlySet<string>,
): Promise<LoadedAdminUser> {
  const user = await requireAdminUser(em, id);
  refuseBeyond(may, permissionsOf(user));
  if (user.invitedAt == null) throw new Refused({ kind: "has-password" });
  return user;
}

async function invite(
  em: EntityManager,
  user: LoadedAdminUser,
  inviting: Inviting,
): Promise<Invited> {
  const { endsAt } = inviting;
  user.invitedAt = new Date();
  user.invitationEndsAt = endsAt;
  await em.flush();
  const sql = sqlWithin(em);
  const mail = await writeLink(em, user, inviting);
  const after = { email: user.email };
  await recordAct(sql, { kind: "person.invited", subject: personOf(user), before: null, after });
  return { person: viewAdminUser(user), mail };
}

async function writeLink(
  em: EntityManager,
  { id, name, email }: LoadedAdminUser,
  inviting: Inviting,
): Promise<WrittenMail | null> {
  const sql = sqlWithin(em);
  const { endsAt } = inviting;
  if (inviting.by === "hand") {
    await endInvitations(sql, id);
    await sql("delete from password_link where user_id = $1", [id]);
    await insertPasswordLink(sql, id, { tokenHash: inviting.tokenHash, endsAt });
    return null;
  }
  const [store] = await sql<{ storeName: string }>('select name as "storeName" from store');
  const to = { name, email, storeName: store?.storeName ?? "" };
  await sql("delete from password_link where user_id = $1 and request_id is null", [id]);
  const request = await insertPasswordRequest(sql, { userId: id, purpose: "invitation", endsAt });
  return writeAccountMail(sql, to, inviting.compose(to), request);
}
