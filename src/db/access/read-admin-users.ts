// Reads one person, or a page of those that match a filter.

import type { MikroORM } from "@mikro-orm/postgresql";
import { AdminUser } from "../entities/admin-user.ts";
import { type AdminUserView, requireAdminUser, viewAdminUser } from "./admin-user-view.ts";

/** The people of a page. */
export type AdminUserFilter = {
  /** Part of a name or an address, in any case. */
  readonly q: string | undefined;
  readonly enabled: boolean | undefined;
  /** The last address of the page before. */
  readonly after: string | undefined;
  readonly limit: number;
};

/** Reads one person. Throws `Refused` if there is none. */
export async function readAdminUser(orm: MikroORM, id: string): Promise<AdminUserView> {
  return viewAdminUser(await requireAdminUser(orm.em.fork(), id));
}

/** Reads a page of people in the order of their addresses. */
export async function listAdminUsers(
  orm: MikroORM,
  { q, enabled, after, limit }: AdminUserFilter,
): Promise<AdminUserView[]> {
  const part = `%${(q ?? "").replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
  const users = await orm.em.fork().find(
    AdminUser,
    {
      ...(q === undefined
        ? {}
        : { $or: [{ email: { $ilike: part } }, { name: { $ilike: part } }] }),
      ...(enabled === undefined ? {} : { enabled }),
      ...(after === undefined ? {} : { email: { $gt: after } }),
    },
    { populate: ["groups"], orderBy: { email: "asc" }, limit },
  );
  return users.map(viewAdminUser);
}
