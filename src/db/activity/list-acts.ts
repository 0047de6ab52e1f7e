// Reads the record of activity, newest first.

import type { Pool } from "pg";
import type { ActArea, ActKind, ActorKind, Facts } from "../../domain/activity/act.ts";

/** An act as it is stored. */
export type StoredAct = {
  readonly id: string;
  readonly at: Date;
  /** The time with microseconds, for the cursor. */
  readonly exactAt: string;
  readonly kind: ActKind;
  readonly actor: { readonly kind: ActorKind; readonly label: string; readonly name: string };
  readonly subject: { readonly id: string; readonly name: string };
  readonly before: Facts | null;
  readonly after: Facts | null;
  readonly requestId: string | null;
};

/** Which acts to read: up to `limit`, with every condition that is given. */
export type ActFilter = {
  readonly actor: string | undefined;
  readonly area: ActArea | undefined;
  readonly subject: string | undefined;
  /** The first time and the time after the last. */
  readonly from: Date | undefined;
  readonly to: Date | undefined;
  /** The last act of the page before. */
  readonly before: { readonly at: string; readonly id: string } | undefined;
  readonly limit: number;
};

/** Reads acts, newest first. */
export async function listActs(pool: Pool, filter: ActFilter): Promise<StoredAct[]> {
  const { actor, area, subject, from, to, before, limit } = filter;
  const values: unknown[] = [limit];
  const where = (condition: (place: string) => string, value: unknown): string[] =>
    value === undefined ? [] : [condition(`$${values.push(value)}`)];
  const conditions = [
    ...where((place) => `actor = ${place}`, actor),
    ...where((place) => `area = ${place}`, area),
    ...where((place) => `subject_id = ${place}`, subject),
    ...where((place) => `at >= ${place}`, from),
    ...where((place) => `at < ${place}`, to),
    ...(before === undefined
      ? []
      : [
          `(at, id) < ($${values.push(before.at)}::timestamptz, $${values.push(before.id)}::bigint)`,
        ]),
  ];
  const { rows } = await pool.query<StoredAct>(
    `select id::text as id, at, to_json(at)#>>'{}' as "exactAt", kind,
       json_build_object('kind', actor_kind, 'label', actor, 'name', actor_name) as actor,
       json_build_object('id', subject_id, 'name', subject_name) as subject,
       before, after, request_id as "requestId"
     from act ${conditions.length === 0 ? "" : `where ${conditions.join(" and ")}`}
     order by act.at desc, act.id desc limit $1`,
    values,
  );
  return rows;
}
