// A copy of all levels that a reader makes of the feed, and what is wrong with what the reader was told.

import * as z from "zod";
import type { LabPostgres } from "../../tools/lab/stores.ts";

/** The database with the tables. */
type Tables = Pick<LabPostgres, "sql">;

/** An event as every reader gets it. */
const toldEventSchema = z.object({
  id: z.string(),
  type: z.string(),
  data: z.record(z.string(), z.unknown()),
});

type ToldEvent = z.output<typeof toldEventSchema>;

const changeSchema = z.object({ sku: z.string(), unitsBefore: z.int(), unitsAfter: z.int() });
const orderSchema = z.object({ reference: z.string() });

/** A copy that grows with each event. */
export type FeedCopy = {
  /** Takes the next event of the feed. */
  take(event: unknown): void;
  /** The place of the last event, 0 before the first. */
  place(): string;
  /** Each place with its event: the type, and of a change of stock the SKU and the count. In the order of arrival. */
  readonly told: Map<string, string>;
  /** The count of each SKU. */
  readonly units: Map<string, number>;
  /** The types of the events of each order, by its reference, in the order of arrival. */
  readonly orders: Map<string, string[]>;
  /** One sentence for each event that does not follow from those before it. */
  readonly broken: string[];
};

/** Starts an empty copy, of a feed that is read from its beginning. */
export function createFeedCopy(): FeedCopy {
  const told = new Map<string, string>();
  const units = new Map<string, number>();
  const orders = new Map<string, string[]>();
  const broken: string[] = [];
  let last = "0";

  const change = ({ id, data }: ToldEvent): void => {
    const { sku, unitsBefore, unitsAfter } = changeSchema.parse(data);
    const before = units.get(sku) ?? 0;
    if (unitsBefore !== before) {
      broken.push(`${id}: expected ${before} units of ${sku} before; got ${unitsBefore}.`);
    }
    units.set(sku, unitsAfter);
    told.set(id, `stock.changed ${sku} ${unitsAfter}`);
  };
  return {
    take(value) {
      const event = toldEventSchema.parse(value);
      const { id, type, data } = event;
      if (BigInt(id) <= BigInt(last)) broken.push(`${id}: expected a place after ${last}.`);
      last = id;
      told.set(id, type);
      if (type === "stock.changed") change(event);
      if (!type.startsWith("order.")) return;
      const { reference } = orderSchema.parse(data);
      orders.set(reference, [...(orders.get(reference) ?? []), type]);
    },
    place: () => last,
    told,
    units,
    orders,
    broken,
  };
}

/**
 * Compares a copy with the tables. Returns a sentence for each kind of difference; none if the copy is exact: each event
 * and change of stock once, in the order of the places, and the right count of each level.
 */
export async function findDifferences(postgres: Tables, copy: FeedCopy): Promise<string[]> {
  const [told, units] = [await readTold(postgres), await readUnits(postgres)];
  const missing = [...told].filter(([place, what]) => copy.told.get(place) !== what);
  const invented = [...copy.told.keys()].filter((place) => !told.has(place));
  const wrong = [...units].filter(([sku, count]) => copy.units.get(sku) !== count);
  const unlawful = [...copy.orders].filter(([, types]) => !lawfulOrder.test(types.join(" ")));
  return [
    ...copy.broken,
    ...Object.entries({ missing, invented, wrong, unlawful }).flatMap(([kind, found]) =>
      found.length === 0 ? [] : [`${found.length} ${kind}: ${JSON.stringify(found.slice(0, 3))}`],
    ),
  ];
}

/** Everything that the feed has to tell, as the tables have it, in the form of `FeedCopy.told`. */
async function readTold(postgres: Tables): Promise<Map<string, string>> {
  const rows = await postgres.sql<{ id: string; told: string }>(
    `select id::text, type as told from event
     union all
     select m.id::text, 'stock.changed ' || l.sku || ' ' || m.units_after
     from movement m join stock_level l on l.id = m.level_id, feed where m.id > feed.stock_changes_after`,
  );
  return new Map(rows.map(({ id, told }) => [id, told]));
}

/** The count of each level that has had units. */
async function readUnits(postgres: Tables): Promise<Map<string, number>> {
  const rows = await postgres.sql<{ sku: string; units: number }>(
    `select sku, units::float8 as units from stock_level l
     where exists (select from movement where level_id = l.id)`,
  );
  return new Map(rows.map(({ sku, units }) => [sku, units]));
}

/** The last place that is committed. */
export async function readLastPlace(postgres: Tables): Promise<bigint> {
  const [row] = await postgres.sql<{ place: string }>(
    `select greatest((select max(id) from event), (select max(id) from movement))::text as place`,
  );
  return BigInt(row?.place ?? 0);
}

/** How an order's events may follow each other. One that is cancelled before its decision gets none. */
const lawfulOrder =
  /^order\.(rejected|cancelled|confirmed( order\.cancelled( order\.restocked)?)?)$/;
