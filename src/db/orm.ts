// MikroORM for the catalogue and the administration: everything that people edit. Stock itself is written
// with SQL on the pool (see pool.ts), where each statement and lock is visible.

import { Migrator } from "@mikro-orm/migrations";
import { MikroORM, type Options } from "@mikro-orm/postgresql";
import { allEntities } from "./entities/all-entities.ts";
import { CatalogueAndStock } from "./migrations/0001-catalogue-and-stock.ts";
import { OrdersAndAlerts } from "./migrations/0002-orders-and-alerts.ts";
import { Administration } from "./migrations/0003-administration.ts";

const migrationsList = [
  { name: "0001-catalogue-and-stock", class: CatalogueAndStock },
  { name: "0002-orders-and-alerts", class: OrdersAndAlerts },
  { name: "0003-administration", class: Administration },
];

/** How long the ORM waits for a connection and for a statement, and how many connections it holds. */
const limits = {
  poolMax: 8,
  connectionTimeoutMs: 5_000,
  statementTimeoutMs: 30_000,
  idleInTransactionMs: 30_000,
};

/** Connects MikroORM to a database. Throws where the database does not answer. */
export function createOrm(databaseUrl: string): Promise<MikroORM> {
  const options: Options = {
    clientUrl: databaseUrl,
    entities: allEntities,
    discovery: { warnWhenNoEntities: false },
    extensions: [Migrator],
    migrations: {
      migrationsList,
      tableName: "migration",
      snapshot: false,
      disableForeignKeys: false,
    },
    pool: { min: 0, max: limits.poolMax },
    driverOptions: {
      connectionTimeoutMillis: limits.connectionTimeoutMs,
      statement_timeout: limits.statementTimeoutMs,
      idle_in_transaction_session_timeout: limits.idleInTransactionMs,
      application_name: "tallyman-orm",
    },
  };
  return MikroORM.init(options);
}
