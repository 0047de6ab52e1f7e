// Finds the server that takes writes, if DATABASE_URL names several. All connections of a process ask here, so they all
// go to the same server, and move to another one together.

import { Client, DatabaseError } from "pg";
import { DeadlineError, settlesInTime, withDeadline } from "../../flow/deadline.ts";
import { type DatabaseSettings, databaseSettings } from "./connection.ts";
import { addressesOf } from "./hosts.ts";
import { takesWrites } from "./takes-writes.ts";

/** Where a server listens. */
export type Server = { readonly host: string; readonly port: number };

/** What a server said when it was asked: whether it takes writes, or why it did not answer. */
export type ServerState = Server & {
  readonly state: "primary" | "takes no writes" | "no answer";
  readonly reason: string;
  /** Why it did not answer. */
  readonly error?: unknown;
  /** Of a server that takes writes, as eight hexadecimal digits. Each promotion begins a higher one. */
  readonly timeline?: string;
};

/** A connection to a server. `leave` is called when another server has become the primary. */
export type Held = Server & { leave(): void };

/**
 * No server of the address takes writes. The message says what each of them answered. The cause is the refusal of a server,
 * such as a wrong password, if none let this process in.
 */
export class NoPrimaryError extends Error {
  override readonly name = "NoPrimaryError";
  /** Has the form of the system's codes, because it is an outage like a refused connection. */
  readonly code = "ENOPRIMARY";
}

/** The servers of one address, and which of them took writes last. */
export type Primary = {
  /**
   * The server that took writes when last seen. If none is known, all are asked at once. Of several that take writes, it
   * is the one that was promoted last; then the one before, and then the first of the address. Rejects with a
   * `NoPrimaryError` if none takes writes within 4 seconds.
   */
  find(): Promise<Server>;
  /** Takes note of a connection until it is released, so that it is left when another server becomes the primary. */
  hold(connection: Held): void;
  release(connection: Held): void;
  /** Says that a server could not be reached, or takes no writes. If it is the known one, the next `find` asks again. */
  doubt(server: Server): void;
};

/**
 * How long a server may take to connect and to say whether it takes writes, in milliseconds. Only if none takes writes is
 * that awaited. It is a part of a pool's 5 seconds.
 */
export const answerMs = 4_000;

/** How long the others may take when one server has said that it takes writes, in milliseconds. One more may do so. */
const othersMs = 200;

const takesWritesAndTimeline = `select ${takesWrites} as "takesWrites",
  case when not pg_is_in_recovery() then substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8) end as timeline`;

/** One entry for each address with several servers that this process uses; commonly one. */
const primaryOfUrl = new Map<string, Primary>();

/** What is known about the servers of an address. It is the same for each caller. */
export function primaryOf(url: string): Primary {
  const known = primaryOfUrl.get(url);
  if (known !== undefined) return known;
  const primary = createPrimary(settingsOf(url));
  primaryOfUrl.set(url, primary);
  return primary;
}

/** The settings for each server of an address. They read the files of certificates, and throw if one can't be read. */
const settingsOf = (url: string): DatabaseSettings[] =>
  addressesOf(url).map((address) =>
    databaseSettings(address, { applicationName: "tallyman-primary" }),
  );

function createPrimary(servers: readonly DatabaseSettings[]): Primary {
  let last: Server | undefined;
  let known: Server | undefined;
  let search: Promise<Server> | undefined;
  const connections = new Set<Held>();
  const searchAgain = async (): Promise<Server> => {
    const answers = await askUntilFound(servers);
    const primaries = answers.filter(({ state }) => state === "primary").toSorted(byTimeline(last));
    const [found] = primaries;
    if (found === undefined) {
      throw noPrimary(answers);
    }
    if (primaries.length > 1) warnOfSeveral(primaries);
    known = { host: found.host, port: found.port };
    last = known;
    for (const connection of connections) if (!isSame(connection, known)) connection.leave();
    return known;
  };
  return {
    async find() {
      if (known !== undefined) return known;
      search ??= searchAgain().finally(() => (search = undefined));
      return search;
    },
    hold: (connection) => void connections.add(connection),
    release: (connection) => void connections.delete(connection),
    doubt(server) {
      if (isSame(server, known)) known = undefined;
    },
  };
}

function noPrimary(answers: readonly ServerState[]): NoPrimaryError {
  const refusals = answers.map((server) => `${serverName(server)}: ${server.reason}`);
  const isInside = answers.some(({ state }) => state === "takes no writes");
  const refused = answers.find(({ error }) => error instanceof DatabaseError);
  return new NoPrimaryError(
    `No server of DATABASE_URL takes writes (${refusals.join("; ")})`,
    isInside || refused === undefined ? {} : { cause: refused.error },
  );
}

const isSame = (one: Server, other: Server | undefined): boolean =>
  one.host === other?.host && one.port === other.port;

/** Puts the server that was promoted last first; if that says nothing, the one that was the primary before. */
function byTimeline(last: Server | undefined) {
  return (a: ServerState, b: ServerState): number => {
    const [ofA = "", ofB = ""] = [a.timeline, b.timeline];
    if (ofA !== ofB) return ofA > ofB ? -1 : 1;
    return Number(isSame(b, last)) - Number(isSame(a, last));
  };
}

function warnOfSeveral(servers: readonly ServerState[]): void {
  const all = servers.map(
    (server) => `${serverName(server)} (timeline ${Number.parseInt(server.timeline ?? "", 16)})`,
  );
  process.emitWarning(
    `Expected one server of DATABASE_URL to take writes; ${all.length} take writes: ${all.join(", ")}. ` +
      "The first of these is used. Stop the others at once: other processes may write to them.",
    { code: "TALLYMAN_SEVERAL_PRIMARIES" },
  );
}

/** Asks all servers at once. When one takes writes, answers that come much later than its own are left out. */
async function askUntilFound(servers: readonly DatabaseSettings[]): Promise<ServerState[]> {
  const answers: (ServerState | undefined)[] = servers.map(() => undefined);
  const found = Promise.withResolvers<void>();
  const ask = async (settings: DatabaseSettings, place: number): Promise<void> => {
    const answer = await askServer(settings);
    answers[place] = answer;
    if (answer.state === "primary") found.resolve();
  };
  const all = Promise.all(servers.map(ask));
  await Promise.race([all, found.promise]);
  await settlesInTime(all, othersMs);
  return answers.filter((answer) => answer !== undefined);
}

/** Asks every server of an address what it is, in the order of the address. Rejects if a certificate can't be read. */
export async function askServers(url: string): Promise<ServerState[]> {
  return Promise.all(settingsOf(url).map(askServer));
}

/** A server as people write it. */
export const serverName = ({ host, port }: Server): string => `${host}:${port}`;

/** Asks a server whether it takes writes. Never rejects, and takes 4 seconds at most. */
async function askServer(settings: DatabaseSettings): Promise<ServerState> {
  const client = new Client({ ...settings, connectionTimeoutMillis: answerMs });
  client.on("error", () => undefined);
  const { host, port } = client;
  const ask = async (): Promise<ServerState> => {
    await client.connect();
    const { rows } = await client.query<{ takesWrites: boolean; timeline: string | null }>(
      takesWritesAndTimeline,
    );
    const [row] = rows;
    if (row?.takesWrites !== true || row.timeline === null) {
      return { host, port, state: "takes no writes", reason: "takes no writes" };
    }
    return { host, port, state: "primary", reason: "takes writes", timeline: row.timeline };
  };
  try {
    return await withDeadline(ask(), answerMs, "whether the server takes writes");
  } catch (error) {
    return { host, port, state: "no answer", reason: reasonOf(error), error };
  } finally {
    // Not awaited: a silent server never confirms it. If the login was not over, pg's own limit ends the connection.
    client.end().catch(() => undefined);
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof DeadlineError) return `silent for ${answerMs} ms`;
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join(", ");
  return error instanceof Error ? error.message : String(error);
}
