// Queries for groups and administrators.

import { queryOptions } from "@tanstack/react-query";
import { groupSchema, groupPageSchema, userSchema, userPageSchema } from "../../contract/access.ts";
import type * as z from "zod";
import { read, segment } from "../http/request.ts";

/** A group. */
export type AdminGroup = z.output<typeof groupSchema>;

/** An administrator. */
export type AdminUser = z.output<typeof userSchema>;

/** All groups. A store has few. */
export const groupsQuery = queryOptions({
  queryKey: ["admin-groups", "all"],
  queryFn: async ({ signal }) =>
    (await read("/admin-groups", groupPageSchema, { query: { limit: 200 }, signal })).data,
});

/** One group. */
export function groupQuery(code: string) {
  return queryOptions({
    queryKey: ["admin-groups", "one", code],
    queryFn: ({ signal }) => read(`/admin-groups/${segment(code)}`, groupSchema, { signal }),
  });
}

/** One administrator. */
export function userQuery(id: string) {
  return queryOptions({
    queryKey: ["admin-users", "one", id],
    queryFn: ({ signal }) => read(`/admin-users/${segment(id)}`, userSchema, { signal }),
  });
}

/** The first administrators whose name or email contains `q`. */
export function foundUsersQuery(q: string) {
  return queryOptions({
    queryKey: ["admin-users", "found", q],
    queryFn: async ({ signal }) =>
      (await read("/admin-users", userPageSchema, { query: { q, limit: 20 }, signal })).data,
  });
}
