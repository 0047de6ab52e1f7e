// Records acts, in the transaction that does them: what is rolled back has no record, and what is done has one.

import { type Act, areaOf, factNames, type Facts } from "../../domain/activity/act.ts";
import { currentDoer, currentRequestId, type Doer } from "../request-scope.ts";
import type { Sql } from "../sql/sql.ts";

/** Records an act of whoever sent the request that is being handled. */
export function recordAct(sql: Sql, act: Act, doer: Doer = currentDoer()): Promise<void> {
  return recordActs(sql, [act], doer);
}

/** Records acts that are done together, in their order, with one statement. */
export async function recordActs(
  sql: Sql,
  acts: readonly Act[],
  doer: Doer = currentDoer(),
): Promise<void> {
  if (acts.length === 0) return;
  const rows = acts.map(({ kind, subject, before, after }) => ({
    area: areaOf(kind),
    kind,
    subject_id: subject.id,
    subject_name: subject.name,
    before: onlyFacts(before),
    after: onlyFacts(after),
  }));
  await sql(
    `insert into act
       (area, kind, actor_kind, actor_id, actor, actor_name, subject_id, subject_name, before, after, request_id)
     select area, kind, $1, $2::uuid, $3, ${nameOfActor}, subject_id, subject_name, before, after, $4
     from rows from (json_to_recordset($5::json) as (
         area text, kind text, subject_id text, subject_name text, before json, after json))
       with ordinality as a (area, kind, subject_id, subject_name, before, after, place)
     order by place`,
    [...valuesOf(doer), JSON.stringify(rows)],
  );
}

/** Leaves out what types can't: a row that has more than its type says. */
function onlyFacts(facts: Facts | null): Facts | null {
  if (facts === null) return null;
  const known = new Set<string>(factNames);
  return Object.fromEntries(Object.entries(facts).filter(([name]) => known.has(name)));
}

/** The values $1 to $4 of a statement that records an act. */
export const valuesOf = ({ kind, id, label }: Doer): readonly (string | null)[] => [
  kind,
  id,
  label,
  currentRequestId(),
];

/** A person is named as they are called now; a key by its name, which is its label without the kind. */
export const nameOfActor = /* sql */ `coalesce(
  (select name from admin_user where id = $2::uuid), regexp_replace($3::text, '^(key|user):', ''))`;
