// Who is logged in, and what they may do. The API enforces it; the app only hides what would be refused.

import { queryOptions, useQuery } from "@tanstack/react-query";
import type * as z from "zod";
import { sessionSchema, otherSessionsSchema } from "../../contract/session.ts";
import type { Permission } from "../../domain/access/permissions.ts";
import { secondFactorSchema } from "../../contract/session.ts";
import { read } from "../http/request.ts";

/** The person at the screen. */
export type Session = z.output<typeof sessionSchema>;

/** Reads the session. Permissions change rarely, and the API enforces them; this is what the app shows. */
export const sessionQuery = queryOptions({
  queryKey: ["session"],
  queryFn: ({ signal }) => read("/session", sessionSchema, { signal }),
  staleTime: 30_000,
});

/** Where else the person is logged in. */
export const otherSessionsQuery = queryOptions({
  queryKey: ["other-sessions"],
  queryFn: async ({ signal }) =>
    (await read("/session/others", otherSessionsSchema, { signal })).data,
});

/** The person's second factor. */
export const secondFactorQuery = queryOptions({
  queryKey: ["second-factor"],
  queryFn: ({ signal }) => read("/session/second-factor", secondFactorSchema, { signal }),
});

/** The session; below the shell there always is one. */
export function useSession(): Session {
  const { data } = useQuery(sessionQuery);
  if (data === undefined) throw new Error("useSession works below the shell only.");
  return data;
}

/** Whether the person may do something: `const may = useMay(); may("stock:write")`. */
export function useMay(): (permission: Permission) => boolean {
  const { permissions } = useSession();
  return (permission) => permissions.includes(permission);
}
