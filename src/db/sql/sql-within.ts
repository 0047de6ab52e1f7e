// Lets operations that are written for plain connections run inside a unit of work of MikroORM, in the same
// transaction as the entities that it writes.

import type { EntityManager } from "@mikro-orm/postgresql";
import type { Sql } from "./sql.ts";

/** SQL in the transaction of an entity manager. Values are strings, numbers, booleans, null, or lists of them. */
export function sqlWithin(em: EntityManager): Sql {
  return <Row extends object>(text: string, values: readonly unknown[]) => {
    const used: unknown[] = [];
    const query = text.replaceAll(/\$(\d+)/g, (_placeholder, place: string) => {
      used.push(toParameter(values[Number(place) - 1]));
      return "?";
    });
    return em.execute<Row[]>(query, used);
  };
}

/** MikroORM writes a list as `a, b, c`, for use with `in`; these statements expect an array. */
function toParameter(value: unknown): unknown {
  return Array.isArray(value) ? `{${value.map(toElement).join(",")}}` : value;
}

function toElement(entry: unknown): string {
  return typeof entry === "string"
    ? `"${entry.replaceAll(/["\\]/g, String.raw`\$&`)}"`
    : JSON.stringify(entry);
}
