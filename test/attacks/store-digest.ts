// A digest of every row of a database, by table, to see whether anything was left behind.

import type { TestService } from "../support/service.ts";

/** The rows of each table, as their number and a hash. */
export type StoreDigest = ReadonlyMap<string, string>;

/** What a request may change though it is refused: when somebody was last seen. */
const seen = `"(last_used_at|seen_at|expires_at)":("[^"]*"|null)`;

/** Tables that count what is refused: failed sign-ins leave a count and, now and then, an entry. */
const counts = "'act', 'sign_in_tally'";

/** Takes the digest of all other tables, the queues' tables among them. */
export async function digestStore(sql: TestService["sql"]): Promise<StoreDigest> {
  const tables = await sql<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
     where schemaname not in ('pg_catalog', 'information_schema') and tablename not in (${counts}) order by 1`,
  );
  const parts = tables.map(
    ({ name }) => `select '${name}' as name, count(*) || ' rows, ' ||
      coalesce(sum(hashtextextended(
        regexp_replace(row_to_json(t)::text, '${seen}', '', 'g'), 0)), 0) as digest from ${name} t`,
  );
  const rows = await sql<{ name: string; digest: string }>(parts.join(" union all "));
  return new Map(rows.map(({ name, digest }) => [name, digest]));
}

/** The tables in which two digests differ, with both. */
export function differences(before: StoreDigest, after: StoreDigest): string[] {
  return [...after].flatMap(([name, digest]) =>
    before.get(name) === digest ? [] : [`${name}: ${before.get(name)} -> ${digest}`],
  );
}
