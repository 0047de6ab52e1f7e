// Creates a person.

import type { EntityManager, MikroORM } from "@mikro-orm/postgresql";
import type { RegionChoice } from "../../domain/language/languages.ts";
import { recordAct } from "../activity/record-acts.ts";
import { AdminUser } from "../entities/admin-user.ts";
import { Refused } from "../refused.ts";
import {
  type AdminUserView,
  factsOfUser,
  type LoadedAdminUser,
  personOf,
  requireAdminUser,
  viewAdminUser,
} from "./admin-user-view.ts";
import { changeAccess } from "./change-access.ts";
import type { Granter } from "./granter.ts";
import { setGroups } from "./membership.ts";
import { sqlWithin } from "../sql/sql.ts";

/** A person to be created. */
export type NewAdminUser = {
  readonly email: string;
  readonly name: string;
  readonly passwordHash: string;
  readonly enabled: boolean;
  readonly groups: readonly string[];
} & Partial<RegionChoice>;

/**
 * Creates a person in their groups, who must choose a password of their own. Throws `Refused` if the address is
 * taken, a group does not exist, or a group has a permission that the granter lacks.
 */
export function createAdminUser(
  orm: MikroORM,
  person: NewAdminUser,
  granter: Granter,
): Promise<AdminUserView> {
  return changeAccess(orm, granter, async (em, may) =>
    viewAdminUser(await insertAdminUser(em, person, may)),
  );
}

/** Creates a person, within a change of access. Throws `Refused` as `createAdminUser` does. */
export async function insertAdminUser(
  em: EntityManager,
  { groups, ...properties }: NewAdminUser,
  may: ReadonlySet<string>,
): Promise<LoadedAdminUser> {
  await refuseTakenEmail(em, properties.email, null);
  const { id } = em.create(AdminUser, { ...properties, mustChangePassword: true });
  await em.flush();
  const user = await requireAdminUser(em, id);
  await setGroups(em, user, groups, may);
  await em.flush();
  const view = viewAdminUser(user);
  const made = { subject: personOf(view), before: null, after: factsOfUser(view) };
  await recordAct(sqlWithin(em), { kind: "person.created", ...made });
  return user;
}

/** Throws `Refused` if somebody else has this address, in any case. */
export async function refuseTakenEmail(
  em: EntityManager,
  email: string,
  except: string | null,
): Promise<void> {
  const others = await sqlWithin(em)(
    "select 1 from admin_user where lower(email) = lower($1) and id is distinct from $2::uuid",
    [email, except],
  );
  if (others.length > 0) throw new Refused({ kind: "email-taken", email });
}
