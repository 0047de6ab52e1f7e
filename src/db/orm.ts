// MikroORM for the catalogue and the administration: for everything that people edit. Stock is written with SQL (see
// sql/sql.ts), so that each statement and lock is visible.

import { Migrator } from "@mikro-orm/migrations";
import type { PoolConfig } from "pg";
import { MikroORM, type Options, UnderscoreNamingStrategy } from "@mikro-orm/postgresql";
import { databaseSettings } from "./sql/connection.ts";
import { boundedAnswers } from "./sql/pool.ts";
import { clientOf } from "./sql/primary-client.ts";
import { allEntities } from "./entities/all-entities.ts";
import { CatalogueAndStock } from "./migrations/0001-catalogue-and-stock.ts";
import { OrdersAndAlerts } from "./migrations/0002-orders-and-alerts.ts";
import { Administration } from "./migrations/0003-administration.ts";
import { OrdersInGroups } from "./migrations/0004-orders-in-groups.ts";
import { TellKeysApart } from "./migrations/0005-tell-keys-apart.ts";
import { LevelsInUse } from "./migrations/0006-levels-in-use.ts";
import { ReadsOfAGrownStore } from "./migrations/0007-reads-of-a-grown-store.ts";
import { OptionsInOrder } from "./migrations/0008-options-in-order.ts";
import { Accounts } from "./migrations/0009-accounts.ts";
import { UnitsByLine } from "./migrations/0010-units-by-line.ts";
import { TwoLevels } from "./migrations/0011-two-levels.ts";
import { AlertNews } from "./migrations/0012-alert-news.ts";
import { Payment } from "./migrations/0013-payment.ts";
import { Receipts } from "./migrations/0014-receipts.ts";
import { SameSale } from "./migrations/0015-same-sale.ts";
import { ServePreOrders } from "./migrations/0016-serve-pre-orders.ts";
import { Audit } from "./migrations/0017-audit.ts";
import { Returns } from "./migrations/0018-returns.ts";
import { CheckOldRows } from "./migrations/0019-check-old-rows.ts";
import { EndsOfKeys } from "./migrations/0020-ends-of-keys.ts";
import { Feed } from "./migrations/0021-feed.ts";
import { Webhooks } from "./migrations/0022-webhooks.ts";
import { RequestIds } from "./migrations/0023-request-ids.ts";
import { Search } from "./migrations/0024-search.ts";
import { StockCommands } from "./migrations/0025-stock-commands.ts";
import { AlertsPeopleKeepOn } from "./migrations/0026-alerts-people-keep-on.ts";
import { PlansOfTriggers } from "./migrations/0027-plans-of-triggers.ts";
import { Activity } from "./migrations/0028-activity.ts";
import { PasswordLinks } from "./migrations/0029-password-links.ts";
import { FailingMails } from "./migrations/0030-failing-mails.ts";
import { GonePlaces } from "./migrations/0035-gone-places.ts";
import { Retention } from "./migrations/0033-retention.ts";
import { LeadTimes } from "./migrations/0036-lead-times.ts";
import { ClosedMonths } from "./migrations/0037-closed-months.ts";
import { Languages } from "./migrations/0032-languages.ts";
import { PasswordRequests } from "./migrations/0031-password-requests.ts";

const migrationsList = [
  { name: "0001-catalogue-and-stock", class: CatalogueAndStock },
  { name: "0002-orders-and-alerts", class: OrdersAndAlerts },
  { name: "0003-administration", class: Administration },
  { name: "0004-orders-in-groups", class: OrdersInGroups },
  { name: "0005-tell-keys-apart", class: TellKeysApart },
  { name: "0006-levels-in-use", class: LevelsInUse },
  { name: "0007-reads-of-a-grown-store", class: ReadsOfAGrownStore },
  { name: "0008-options-in-order", class: OptionsInOrder },
  { name: "0009-accounts", class: Accounts },
  { name: "0010-units-by-line", class: UnitsByLine },
  { name: "0011-two-levels", class: TwoLevels },
  { name: "0012-alert-news", class: AlertNews },
  { name: "0013-payment", class: Payment },
  { name: "0014-receipts", class: Receipts },
  { name: "0015-same-sale", class: SameSale },
  { name: "0016-serve-pre-orders", class: ServePreOrders },
  { name: "0017-audit", class: Audit },
  { name: "0018-returns", class: Returns },
  { name: "0019-check-old-rows", class: CheckOldRows },
  { name: "0020-ends-of-keys", class: EndsOfKeys },
  { name: "0021-feed", class: Feed },
  { name: "0022-webhooks", class: Webhooks },
  { name: "0023-request-ids", class: RequestIds },
  { name: "0024-search", class: Search },
  { name: "0025-stock-commands", class: StockCommands },
  { name: "0026-alerts-people-keep-on", class: AlertsPeopleKeepOn },
  { name: "0027-plans-of-triggers", class: PlansOfTriggers },
  { name: "0028-activity", class: Activity },
  { name: "0029-password-links", class: PasswordLinks },
  { name: "0030-failing-mails", class: FailingMails },
  { name: "0031-password-requests", class: PasswordRequests },
  { name: "0032-languages", class: Languages },
  { name: "0033-retention", class: Retention },
  { name: "0035-gone-places", class: GonePlaces },
  { name: "0036-lead-times", class: LeadTimes },
  { name: "0037-closed-months", class: ClosedMonths },
];

/** The names of all migrations, in their order. */
export const migrationNames: readonly string[] = migrationsList.map(({ name }) => name);

/** The most connections of the ORM. */
const poolMax = 8;

/**
 * How long a statement may take and how long a transaction may do nothing, both 30,000 milliseconds. They are that long
 * because one change of a product type may write all levels.
 */
const edits = boundedAnswers(30_000, 30_000);

/** Names keys and constraints as PostgreSQL does if a migration gives no name. */
class PostgresNames extends UnderscoreNamingStrategy {
  override indexName(...[table, columns, type]: Parameters<UnderscoreNamingStrategy["indexName"]>) {
    if (type === "foreign") return `${table}_${columns.join("_")}_fkey`;
    if (type === "unique") return `${table}_${columns.join("_")}_key`;
    return super.indexName(table, columns, type);
  }
}

/**
 * Connects MikroORM to a database. `bounds` are the time limits of its connections; by default those of edits. Rejects
 * if the database does not reply.
 */
export async function createOrm(
  databaseUrl: string,
  bounds: PoolConfig = edits,
): Promise<MikroORM> {
  const settings = databaseSettings(databaseUrl, { applicationName: "tallyman-orm" });
  const options: Options = {
    // MikroORM reads only a part of an address. So the driver gets the settings that were read from it, and MikroORM
    // gets the database's name, which it requires.
    dbName: settings.database,
    ensureDatabase: false,
    entities: allEntities,
    namingStrategy: PostgresNames,
    extensions: [Migrator],
    migrations: {
      migrationsList,
      snapshot: false,
      // Each migration commits by itself, because one that can't run in a transaction needs the tables of those before.
      allOrNothing: false,
      disableForeignKeys: false,
      silent: true,
    },
    // Only migrations define triggers and functions, so a comparison of entities and database leaves them out.
    schemaGenerator: { ignoreTriggers: true, ignoreRoutines: true },
    pool: { min: 0, max: poolMax },
    driverOptions: {
      ...settings,
      ...bounds,
      Client: clientOf(databaseUrl),
    },
  };
  const orm = await MikroORM.init(options);
  await orm.connect();
  try {
    const answer = await orm.checkConnection();
    if (!answer.ok) {
      throw new Error(
        `The database does not answer: ${answer.reason}. Check that PostgreSQL runs and that DATABASE_URL names it.`,
        { cause: answer.error },
      );
    }
    const migrations = orm.config.get("migrations");
    const tableName = `${await schemaOfSession(orm)}.migration`;
    orm.config.set("migrations", { ...migrations, tableName });
    return orm;
  } catch (error) {
    await orm.close(true);
    throw error;
  }
}

/**
 * The schema in which migrations create their tables. MikroORM by default creates its list of migrations in `public`
 * and then does not find it if the tables are in another schema.
 */
async function schemaOfSession(orm: MikroORM): Promise<string> {
  const [row] = await orm.em
    .fork()
    .execute<{ schema: string | null; path: string }[]>(
      "select current_schema() as schema, current_setting('search_path') as path",
    );
  if (row?.schema) return row.schema;
  throw new Error(
    `Expected a schema that this login may use; the search path is ${row?.path}. Create a schema of one of these names, and grant usage and create on it.`,
  );
}
