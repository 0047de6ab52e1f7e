// Who is logged in, and their permissions. The API enforces permissions; the app only hides what it would refuse.

import { queryOptions, useQuery } from "@tanstack/react-query";
import type * as z from "zod";
import { sessionSchema as sessionReply } from "../../contract/session.ts";
import type { Permission } from "../../domain/access/permissions.ts";
import { read } from "../http/request.ts";

/**
 * The session as the app reads it. During an upgrade a process of the old version may answer, which does not tell the store's
 * language.
 */
export const sessionSchema = sessionReply.extend({
  storeLanguage: sessionReply.shape.storeLanguage.catch("en"),
});

/** The person who is logged in. */
export type Session = z.output<typeof sessionSchema>;

/** The session. Permissions change rarely and the API enforces them, so a short staleness is harmless. */
export const sessionQuery = queryOptions({
  queryKey: ["session"],
  queryFn: ({ signal }) => read("/session", sessionSchema, { signal }),
  staleTime: 30_000,
});

/** Returns the session. Components inside the shell always have one; elsewhere it throws. */
export function useSession(): Session {
  const { data } = useQuery(sessionQuery);
  if (data === undefined) throw new Error("useSession works below the shell only.");
  return data;
}

/** Returns a check of the person's permissions: `const may = useMay(); may("stock:write")`. */
export function useMay(): (permission: Permission) => boolean {
  const { permissions } = useSession();
  return (permission) => permissions.includes(permission);
}
