// The granter: the key or person that changes access. Their permissions are read again in the change's transaction,
// because since their request was authenticated the key may have been revoked, the session ended or a group changed.

import type { EntityManager } from "@mikro-orm/postgresql";
import { permissions } from "../../domain/access/permissions.ts";
import { Refused } from "../refused.ts";
import { sqlWithin } from "../sql/sql.ts";

/** Who changes access. An operator has the database's password, so they may do everything. */
export type Granter =
  | { readonly kind: "key"; readonly id: string }
  | { readonly kind: "user"; readonly id: string; readonly session: Buffer }
  | { readonly kind: "operator" };

/** The granter of commands and of the first start. */
export const operator: Granter = { kind: "operator" };

/** Reads a granter's permissions. Throws `Refused` if their key or session is no longer valid. */
export async function readGranterPermissions(
  em: EntityManager,
  granter: Granter,
): Promise<ReadonlySet<string>> {
  if (granter.kind === "operator") return new Set(permissions);
  const sql = sqlWithin(em);
  const [row] =
    granter.kind === "key"
      ? await sql<GranterRow>(
          `select scopes as permissions from api_key
            where id = $1 and revoked_at is null and (expires_at is null or expires_at > now())`,
          [granter.id],
        )
      : await sql<GranterRow>(
          `select array(
              select distinct unnest(g.permissions) from admin_group_member m
              join admin_group g on g.code = m.group_code where m.user_id = u.id) as permissions
            from admin_user u
            join admin_session s on s.user_id = u.id and s.expires_at > now()
            where u.id = $1 and u.enabled and s.token_hash = decode($2, 'hex')`,
          [granter.id, granter.session.toString("hex")],
        );
  if (row === undefined) throw new Refused({ kind: "granter-gone" });
  return new Set(row.permissions);
}

type GranterRow = { readonly permissions: readonly string[] };
