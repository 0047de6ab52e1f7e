// Finds a session by its token and extends it while it is used.

import type { Pool } from "pg";
import type { Language, RegionChoice } from "../../domain/language/languages.ts";
import { type Permission, permissions } from "../../domain/access/permissions.ts";

/** A person who is logged in. */
export type SessionUser = {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly groups: readonly string[];
  readonly permissions: ReadonlySet<Permission>;
  /** Whether somebody else chose their password. Until they choose their own, they may do nothing else. */
  readonly mustChangePassword: boolean;
} & RegionChoice;

/** How long a session lasts, in hours: without a request, and in all. */
export type SessionLimits = { readonly idleHours: number; readonly absoluteHours: number };

/**
 * After how many minutes a used session's end and last use are written again. To write them on every request would cost
 * a statement each.
 */
const extendAfterMinutes = 10;

/** Resolves with null if the session is unknown or over, or if its user is disabled. */
export async function findSession(
  pool: Pool,
  tokenHash: Buffer,
  limits: SessionLimits,
): Promise<SessionUser | null> {
  const { rows } = await pool.query<{
    id: string;
    email: string;
    name: string;
    groups: string[];
    permissions: string[];
    must_change_password: boolean;
    language: Language | null;
    locale: string | null;
    time_zone: string | null;
    extendable: boolean;
  }>({
    name: "find-session",
    text: `select u.id, u.email, u.name, u.must_change_password, u.language, u.locale, u.time_zone, g.groups, g.permissions,
        least(now() + make_interval(hours => $2), s.created_at + make_interval(hours => $3))
          > s.expires_at + make_interval(mins => $4)
          or s.seen_at < now() - make_interval(mins => $4) as extendable
      from admin_session s
      join admin_user u on u.id = s.user_id and u.enabled
      cross join lateral (
        select coalesce(array_agg(distinct g.code), '{}') as groups,
          coalesce(array_agg(distinct granted), '{}') as permissions
        from admin_group_member m
        join admin_group g on g.code = m.group_code
        left join unnest(g.permissions) granted on true
        where m.user_id = u.id
      ) g
      where s.token_hash = $1 and s.expires_at > now()`,
    values: [tokenHash, limits.idleHours, limits.absoluteHours, extendAfterMinutes],
  });
  const row = rows[0];
  if (row === undefined) return null;
  if (row.extendable) await extendSession(pool, tokenHash, limits);
  return {
    id: row.id,
    email: row.email,
    name: row.name,
    groups: row.groups,
    mustChangePassword: row.must_change_password,
    language: row.language,
    locale: row.locale,
    timeZone: row.time_zone,
    permissions: new Set(permissions.filter((permission) => row.permissions.includes(permission))),
  };
}

async function extendSession(
  pool: Pool,
  tokenHash: Buffer,
  { idleHours, absoluteHours }: SessionLimits,
): Promise<void> {
  await pool.query({
    name: "extend-session",
    text: `update admin_session set seen_at = now(), expires_at = least(
        now() + make_interval(hours => $2), created_at + make_interval(hours => $3))
      where token_hash = $1 and expires_at > now()`,
    values: [tokenHash, idleHours, absoluteHours],
  });
}
