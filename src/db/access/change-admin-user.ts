// Changes and deletes people.

import type { MikroORM } from "@mikro-orm/postgresql";
import { type Act, type ActKind, changedFacts } from "../../domain/activity/act.ts";
import { recordAct, recordActs } from "../activity/record-acts.ts";
import { AdminLoginStep, AdminSecondFactor } from "../entities/admin-second-factor.ts";
import { AdminSession } from "../entities/admin-session.ts";
import { Refused } from "../refused.ts";
import {
  type AdminUserView,
  factsOfUser,
  type LoadedAdminUser,
  permissionsOf,
  personOf,
  requireAdminUser,
  viewAdminUser,
} from "./admin-user-view.ts";
import { changeAccess, refuseBeyond } from "./change-access.ts";
import { refuseTakenEmail } from "./create-admin-user.ts";
import type { Granter } from "./granter.ts";
import { sqlWithin } from "../sql/sql.ts";
import { setGroups } from "./membership.ts";

/** The fields of a person that can be changed; a field that is left out stays as it is. */
export type AdminUserChange = {
  readonly email?: string | undefined;
  readonly name?: string | undefined;
  readonly enabled?: boolean | undefined;
  readonly passwordHash?: string | undefined;
  readonly groups?: readonly string[] | undefined;
  /** Removes their second factor, if they have one: for a person who has lost theirs. */
  readonly removesSecondFactor?: boolean | undefined;
};

/** Whom to change, and on whose behalf. */
export type ChangeRequest = {
  readonly id: string;
  /** Who makes the change. They can't grant permissions that they lack, nor change a person who has such. */
  readonly granter: Granter;
  /** Whether the change applies to this version of the person. */
  readonly matchesVersion: (version: number) => boolean;
};

/**
 * Changes a person. Their sessions end if they are disabled, get a new password or lose their second factor. After a
 * new password they must choose their own at the next login. Throws `Refused` if the change is not allowed.
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
    const before = viewAdminUser(user);
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
    const after = viewAdminUser(user);
    await recordActs(sqlWithin(em), [
      ...editsOf(before, after),
      ...(passwordHash === undefined ? [] : [plainAct("person.passwordReset", after)]),
      ...(before.hasSecondFactor && removesSecondFactor
        ? [plainAct("person.secondFactorRemoved", after)]
        : []),
    ]);
    return after;
  });
}

function editsOf(before: AdminUserView, after: AdminUserView): Act[] {
  const changed = changedFacts(factsOfUser(before), factsOfUser(after));
  return changed === null
    ? []
    : [{ kind: "person.changed", subject: personOf(before), ...changed }];
}

function plainAct(kind: ActKind, person: AdminUserView): Act {
  return { kind, subject: personOf(person), before: null, after: null };
}

/** Deletes a person with their sessions. Throws `Refused` if that is not allowed. */
export function deleteAdminUser(orm: MikroORM, request: ChangeRequest): Promise<void> {
  return changeAccess(orm, request.granter, async (em, may) => {
    const user = await requireAdminUser(em, request.id);
    refuseStale(user, request);
    refuseBeyond(may, permissionsOf(user));
    const view = viewAdminUser(user);
    const gone = { subject: personOf(view), before: factsOfUser(view), after: null };
    await recordAct(sqlWithin(em), { kind: "person.deleted", ...gone });
    await setGroups(em, user, [], may);
    em.remove(user);
  });
}

function refuseStale(user: LoadedAdminUser, { matchesVersion }: ChangeRequest): void {
  if (!matchesVersion(user.version)) throw new Refused({ kind: "stale-version", of: "user" });
}
