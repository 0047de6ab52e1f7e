// Changes and deletes people.

import type { MikroORM } from "@mikro-orm/postgresql";
import { AdminLoginStep, AdminSecondFactor } from "../entities/admin-second-factor.ts";
import { AdminSession } from "../entities/admin-session.ts";
import { Refused } from "../refused.ts";
import {
  type AdminUserView,
  type LoadedAdminUser,
  permissionsOf,
  requireAdminUser,
  viewAdminUser,
} from "./admin-user-view.ts";
import { changeAccess, refuseBeyond } from "./change-access.ts";
import { refuseTakenEmail } from "./create-admin-user.ts";
import type { Granter } from "./granter.ts";
import { setGroups } from "./membership.ts";

/** What may be changed of a person; what is left out stays. */
export type AdminUserChange = {
  readonly email?: string | undefined;
  readonly name?: string | undefined;
  readonly enabled?: boolean | undefined;
  readonly passwordHash?: string | undefined;
  readonly groups?: readonly string[] | undefined;
  /** Takes their second factor away, if they have one: for whoever has lost it. */
  readonly removesSecondFactor?: boolean | undefined;
};

/** Who asks for a change of which person. */
export type ChangeRequest = {
  readonly id: string;
  /** Who asks. They can't give more than they have, nor change a person who has more. */
  readonly granter: Granter;
  /** Whether the change is meant for this version of the person. */
  readonly holds: (version: number) => boolean;
};

/**
 * Changes a person. Their sessions end if they are disabled, get a new password or lose their second factor; whoever gets
 * a new password has to choose their own next. Throws `Refused` if the change is not allowed.
 */
export function changeAdminUser(
  orm: MikroORM,
  request: ChangeRequest,
  { email, name, enabled, passwordHash, groups, removesSecondFactor = false }: AdminUserChange,
): Promise<AdminUserView> {
  return changeAccess(orm, request.granter, async (em, may) => {
    const user = await requireAdminUser(em, request.id);
    refuseStale(user, request);
    refuseBeyond(may, permissionsOf(user));
    if (email !== undefined) await refuseTakenEmail(em, email, user.id);
    user.email = email ?? user.email;
    user.name = name ?? user.name;
    user.enabled = enabled ?? user.enabled;
    if (passwordHash !== undefined) {
      user.passwordHash = passwordHash;
      user.mustChangePassword = true;
    }
    if (removesSecondFactor) {
      user.secondFactorSince = null;
      await em.nativeDelete(AdminSecondFactor, { user: user.id });
    }
    if (groups !== undefined) await setGroups(em, user, groups, may);
    await em.flush();
    if (passwordHash !== undefined || removesSecondFactor || !user.enabled) {
      await em.nativeDelete(AdminSession, { user: user.id });
      await em.nativeDelete(AdminLoginStep, { user: user.id });
    }
    return viewAdminUser(user);
  });
}

/** Deletes a person with their sessions. Throws `Refused` where that is not allowed. */
export function deleteAdminUser(orm: MikroORM, request: ChangeRequest): Promise<void> {
  return changeAccess(orm, request.granter, async (em, may) => {
    const user = await requireAdminUser(em, request.id);
    refuseStale(user, request);
    refuseBeyond(may, permissionsOf(user));
    await setGroups(em, user, [], may);
    em.remove(user);
  });
}

function refuseStale(user: LoadedAdminUser, { holds }: ChangeRequest): void {
  if (!holds(user.version)) throw new Refused({ kind: "stale-version", of: "user" });
}
