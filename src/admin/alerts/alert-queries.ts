// Reads alerts.

import { queryOptions } from "@tanstack/react-query";
import * as z from "zod";
import { read } from "../http/request.ts";

/** How many alerts are open, for the navigation. */
export const openAlertCountQuery = queryOptions({
  queryKey: ["alerts", "open-count"],
  queryFn: async ({ signal }) => {
    const page = z.object({ data: z.array(z.unknown()) });
    const { data } = await read("/alerts", page, { query: { status: "open", limit: 100 }, signal });
    return { open: data.length };
  },
  refetchInterval: 30_000,
});
