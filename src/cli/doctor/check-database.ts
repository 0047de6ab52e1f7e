// The database, as the doctor sees it: how it can be reached, its schema, the rights of the login, its clock, and
// whether there is somebody who may log in.

import type { Client } from "pg";
import type { Config } from "../../config.ts";
import { MissingMigrationsError, requireCurrentSchema } from "../../db/check-database.ts";
import { inspectDatabase, missingRights } from "../../db/inspect-database.ts";
import { createOrm } from "../../db/orm.ts";
import { PoolerError, requireOwnSessions } from "../../db/require-own-sessions.ts";
import { addressesOf } from "../../db/sql/hosts.ts";
import { createClient } from "../../db/sql/pool.ts";
import { askServers, serverName } from "../../db/sql/primary.ts";
import { explainStoreError } from "../../process/explain-store-error.ts";
import { type Check, checksAbout, clockCheck } from "./check.ts";

const { ok, warning, failed } = checksAbout("database");

/** The oldest version of PostgreSQL that is supported, as its `server_version_num`. */
const versionMin = 150_000;

/** What an API uses besides its pool. */
const besidesPool = 15;

/** The lines about the database at `url`. */
export async function checkDatabase(url: string, config: Config): Promise<Check[]> {
  const servers = addressesOf(url).length === 1 ? [] : await checkServers(url);
  return [...servers, ...(await checkPrimary(url, config))];
}

/** A line about each server of an address that names several. */
async function checkServers(url: string): Promise<Check[]> {
  const servers = await askServers(url);
  const found = servers.map((server) => {
    const name = serverName(server);
    if (server.state === "primary") return ok(`${name} is the primary.`);
    if (server.state === "takes no writes") return ok(`${name} takes no writes: it is a standby.`);
    return warning(
      `${name} does not answer (${server.reason}).`,
      "Start it, or take it out of DATABASE_URL.",
    );
  });
  const primaries = servers.filter(({ state }) => state === "primary");
  if (primaries.length > 1) {
    found.push(
      failed(
        `${primaries.length} servers take writes: ${primaries.map(serverName).join(" and ")}.`,
        "Stop those that are not the primary at once: processes may use different ones.",
      ),
    );
  }
  return found;
}

async function checkPrimary(url: string, config: Config): Promise<Check[]> {
  const client = createClient(url, "tallyman-doctor");
  try {
    await requireOwnSessions(url);
    await client.connect();
    const basics = await checkServer(client, config);
    const schema = await checkSchema(url);
    if (schema.state !== "ok") return [...basics, schema];
    return [...basics, schema, await checkRights(client, config), ...(await checkAccess(client))];
  } catch (error) {
    if (error instanceof PoolerError) {
      return [failed(error.message, "Nothing works over this address.")];
    }
    const explained = explainStoreError(error);
    if (explained === undefined) throw error;
    return [failed(explained, "Until then nothing works.")];
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function checkServer(client: Client, { DATABASE_POOL }: Config): Promise<Check[]> {
  const facts = await inspectDatabase(client);
  const { version, versionNumber, login, isReadOnly, connectionsMax, connectionsUsed } = facts;
  const found: Check[] = [];
  if (versionNumber < versionMin) {
    found.push(failed(`This is PostgreSQL ${version}.`, "Use PostgreSQL 15 or newer."));
  }
  if (isReadOnly) {
    found.push(
      failed(
        "This server takes no writes: it is a standby, or read-only.",
        "Name the primary in DATABASE_URL.",
      ),
    );
  }
  const left = connectionsMax - connectionsUsed;
  if (left < DATABASE_POOL + besidesPool) {
    found.push(
      warning(
        `${connectionsUsed} of ${connectionsMax} connections are in use.`,
        `One more process uses up to ${DATABASE_POOL + besidesPool}: raise max_connections, or lower DATABASE_POOL.`,
      ),
    );
  }
  if (found.length === 0) {
    found.push(ok(`PostgreSQL ${version} answers ${login}, and takes writes.`));
  }
  return [...found, clockCheck("PostgreSQL", facts.clockMs - facts.hereMs)];
}

async function checkSchema(url: string): Promise<Check> {
  const about = checksAbout("schema");
  const orm = await createOrm(url);
  try {
    await requireCurrentSchema(orm);
    return about.ok("The schema is that of this version.");
  } catch (error) {
    if (!(error instanceof MissingMigrationsError)) throw error;
    return about.failed(
      error.message.split(". ")[0] ?? "",
      "Run `npx tallyman migrate` once, as the owner of the database.",
    );
  } finally {
    await orm.close();
  }
}

async function checkRights(client: Client, config: Config): Promise<Check> {
  const about = checksAbout("rights");
  const queuesHere = config.REDIS_URL === undefined && config.REDIS_CLUSTER_NODES === undefined;
  const missing = await missingRights(client, queuesHere ? ["bullmq"] : []);
  const [first] = missing;
  if (first === undefined) return about.ok("The login may read and write every table.");
  const more = missing.length > 3 ? `, and ${missing.length - 3} more` : "";
  const listed = missing.slice(0, 3).map(({ right, on }) => `${right} on ${on}`);
  return about.failed(
    `The login lacks rights: ${listed.join(", ")}${more}.`,
    `As the owner of the database, grant usage on the schema, select, insert, update and delete on its tables, and usage on its sequences, such as \`grant ${first.right.toLowerCase()} on ${first.on} to …\`.`,
  );
}

/** The lines about who can log in, and who gets the mails. */
async function checkAccess(client: Client): Promise<Check[]> {
  const about = checksAbout("people");
  const { rows } = await client.query<{ administrators: number; managers: number }>(
    `select count(distinct u.id) filter (where 'admin:write' = any(g.permissions))::integer as administrators,
        count(distinct u.id) filter (where g.code = 'store-managers')::integer as managers
      from admin_user u join admin_group_member m on m.user_id = u.id
      join admin_group g on g.code = m.group_code where u.enabled`,
  );
  const { administrators = 0, managers = 0 } = rows[0] ?? {};
  return [
    administrators > 0
      ? about.ok(`${administrators} of the people may change people, groups and keys.`)
      : about.failed(
          "Nobody who can log in may change people, groups and keys.",
          "Create somebody with `npx tallyman admin create <email>`.",
        ),
    ...(managers > 0
      ? []
      : [
          about.warning(
            "Nobody gets the mails about low stock: the group store-managers is empty.",
            "Add people to it in the admin app, under Settings.",
          ),
        ]),
  ];
}
