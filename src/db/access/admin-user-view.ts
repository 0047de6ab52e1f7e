// A person as the API shows them: without their password's hash.

import type { EntityManager } from "@mikro-orm/postgresql";
import type { RegionChoice } from "../../domain/language/languages.ts";
import type { Facts } from "../../domain/activity/act.ts";
import { AdminUser } from "../entities/admin-user.ts";
import { Refused } from "../refused.ts";

/** A person and the codes of their groups. */
export type AdminUserView = {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly enabled: boolean;
  readonly groups: readonly string[];
  readonly hasSecondFactor: boolean;
  /** Of a person who has not chosen a password yet; null for others. */
  readonly invitation: InvitationView | null;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
} & RegionChoice;

/** When a person was invited last, and until when the link works; null if the invitation was taken back. */
export type InvitationView = { readonly invitedAt: Date; readonly endsAt: Date | null };

/** Loads a person with their groups, to read or change them. Throws `Refused` if there is none. */
export async function requireAdminUser(em: EntityManager, id: string) {
  const user = await em.findOne(AdminUser, { id }, { populate: ["groups"] });
  if (user === null) throw new Refused({ kind: "unknown", what: "user", key: id });
  return user;
}

/** A person whose groups are loaded. */
export type LoadedAdminUser = Awaited<ReturnType<typeof requireAdminUser>>;

/** Builds the view of a person. */
export function viewAdminUser(user: LoadedAdminUser): AdminUserView {
  const { id, email, name, enabled, version, createdAt, updatedAt, invitedAt } = user;
  const groups = user.groups.getItems().map(({ code }) => code);
  return {
    id,
    email,
    name,
    enabled,
    groups: groups.toSorted(),
    hasSecondFactor: user.secondFactorSince != null,
    language: user.language ?? null,
    locale: user.locale ?? null,
    timeZone: user.timeZone ?? null,
    invitation: invitedAt == null ? null : { invitedAt, endsAt: user.invitationEndsAt ?? null },
    version,
    createdAt,
    updatedAt,
  };
}

/** What the record of activity has of a person: nothing of their password or second factor. */
export function factsOfUser(person: AdminUserView): Facts {
  const { email, name, enabled, groups, language, locale, timeZone } = person;
  return { email, name, enabled, groups, language, locale, timeZone };
}

/** A person as the subject of an act. */
export const personOf = ({ id, name, email }: Pick<AdminUserView, "id" | "name" | "email">) => ({
  id,
  name: name === "" ? email : name,
});

/** Every permission that a person has through their groups, whether or not they are enabled. */
export function permissionsOf(user: LoadedAdminUser): Set<string> {
  return new Set(user.groups.getItems().flatMap(({ permissions }) => permissions));
}
