// Says that a ledger is not complete: old sales went with closed months.

import { Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import * as z from "zod";
import { closedLedgerSchema } from "../../contract/stock.ts";
import { read } from "../http/request.ts";
import { stockHistory } from "../words/en/products/history.tsx";
import { dateTime } from "../words/time.tsx";

const pageSchema = z.object({ closed: closedLedgerSchema.nullable() });

/** The sentence below the ledger, and nothing if the ledger has everything. `path` is that of its list. */
export function ClosedLedger({ path }: { readonly path: string }) {
  const { data } = useQuery({
    queryKey: ["stock", "closed", path],
    queryFn: ({ signal }) => read(path, pageSchema, { query: { limit: 1 }, signal }),
  });
  const closed = data?.closed ?? null;
  if (closed === null) return null;
  const { sales, before, units } = closed;
  return (
    <Text size="sm" c="dimmed" mt="sm">
      {stockHistory.ledger.closed(sales, dateTime(before), units)}
    </Text>
  );
}
