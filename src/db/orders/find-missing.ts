// Finds which of many references have no order, for example after a restore of a backup.

import type { Client } from "pg";
import { comparedText } from "../../domain/compared-text.ts";

/** Those of the references, in their order, that no order has. They are compared as those of new orders are. */
export async function findMissing(
  client: Client,
  references: readonly string[],
): Promise<readonly string[]> {
  const { rows } = await client.query<{ place: number }>(
    `select place::integer as place from unnest($1::text[]) with ordinality as asked (reference, place)
     where not exists (select from "order" o where o.reference = asked.reference) order by place`,
    [references.map(comparedText)],
  );
  return rows.map(({ place }) => references[place - 1] ?? "");
}
