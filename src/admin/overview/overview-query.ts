// The query of the overview, which pages about mails read, too.

import { queryOptions } from "@tanstack/react-query";
import { overviewSchema } from "../../contract/reports.ts";
import { read } from "../http/request.ts";

/** What needs attention now. It is read again every ten seconds. */
export const overviewQuery = queryOptions({
  queryKey: ["overview"],
  queryFn: ({ signal }) => read("/overview", overviewSchema, { signal }),
  refetchInterval: 10_000,
});
