// Changes and deletes people.

import type { MikroORM } from "@mikro-orm/postgresql";
import type { RegionChoice } from "../../domain/language/languages.ts";
import { type Act, type ActKind, changedFacts } from "../../domain/activity/act.ts";
import { recordAct, recordActs } from "../activity/record-acts.ts";
import { AdminLoginStep, AdminSecondFactor } from "../entities/admin-second-factor.ts";
import { AdminSession } from "../entities/admin-session.ts";
import { Refused } from "../refused.ts";
import { type AccountNotice, endLinks, tellOfPassword, tellOldAddress } from "./account-mails.ts";
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
import { moveAlertHours } from "./save-region.ts";
import { setGroups } from "./membership.ts";

/** The fields of a person that can be changed; a field that is left out stays as it is. */
export type AdminUserChange = {
  readonly email?: string | undefined;
  readonly name?: string | undefined;
  readonly enabled?: boolean | undefined;
  readonly passwordHash?: string | undefined;
  /** Tells them of a new password by mail. */
  readonly notice?: AccountNotice | undefined;
  /** Tells the old address of a new one by mail. */
  readonly addressNotice?: AccountNotice | undefined;
  readonly groups?: readonly string[] | undefined;
  /** Removes their second factor, if they have one: for a person who has lost theirs. */
  readonly removesSecondFactor?: boolean | undefined;
  readonly language?: RegionChoice["language"] | undefined;
  readonly locale?: RegionChoice["locale"] | undefined;
  readonly timeZone?: RegionChoice["timeZone"] | undefined;
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
 * new password they must choose their own at the next login. Links to a password end with their password, with
 * their address and when they are disabled. Throws `Refused` if the change is not allowed.
 */
export function changeAdminUser(
  orm: MikroORM,
  request: ChangeRequest,
  change: AdminUserChange,
): Promise<AdminUserView> {
  return changeAccess(orm, request.granter, async (em, may) => {
    const { email, passwordHash, notice, groups, removesSecondFactor = false } = change;
    const user = await requireAdminUser(em, request.id);
    refuseStale(user, request);
    refuseBeyond(may, permissionsOf(user));
    const before = viewAdminUser(user);
    if (email !== undefined) await refuseTakenEmail(em, email, user.id);
    assignGiven(user, change);
    if (passwordHash !== undefined) {
      user.passwordHash = passwordHash;
      user.mustChangePassword = true;
      user.invitedAt = null;
    }
    // Links went to the old address.
    const moves = email !== undefined && email.toLowerCase() !== before.email.toLowerCase();
    const endsLinks = passwordHash !== undefined || moves || !user.enabled;
    if (endsLinks) user.invitationEndsAt = null;
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
    const sql = sqlWithin(em);
    if (endsLinks) await endLinks(sql, user.id);
    if (change.timeZone != null) await moveAlertHours(sql, user.id, change.timeZone);
    if (passwordHash !== undefined) await tellOfPassword(sql, user.id, notice);
    if (moves) await tellOldAddress(sql, before, change.addressNotice);
    const after = viewAdminUser(user);
    await recordActs(sql, [
      ...editsOf(before, after),
      ...(passwordHash === undefined ? [] : [plainAct("person.passwordReset", after)]),
      ...(before.hasSecondFactor && removesSecondFactor
        ? [plainAct("person.secondFactorRemoved", after)]
        : []),
    ]);
    return after;
  });
}

/** Assigns the fields that were given. A region may be given as null. */
function assignGiven(user: LoadedAdminUser, change: AdminUserChange): void {
  user.email = change.email ?? user.email;
  user.name = change.name ?? user.name;
  user.enabled = change.enabled ?? user.enabled;
  if (change.language !== undefined) user.language = change.language;
  if (change.locale !== undefined) user.locale = change.locale;
  if (change.timeZone !== undefined) user.timeZone = change.timeZone;
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
