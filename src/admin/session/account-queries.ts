// What the person's own account page reads: the other sessions and the second factor. It is apart from the session,
// which every page reads, to keep the first load small.

import { queryOptions } from "@tanstack/react-query";
import { otherSessionsSchema, secondFactorSchema } from "../../contract/own-account.ts";
import { read } from "../http/request.ts";

/** The person's other sessions. */
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
