// The query for the store's settings.

import { queryOptions } from "@tanstack/react-query";
import type * as z from "zod";
import { storeSchema } from "../../../contract/store.ts";
import { read } from "../../http/request.ts";

/** The settings. */
export type Store = z.output<typeof storeSchema>;

/** The query. */
export const storeQuery = queryOptions({
  queryKey: ["store"],
  queryFn: ({ signal }) => read("/store", storeSchema, { signal }),
});
