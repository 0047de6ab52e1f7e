// What DATABASE_URL says, read in one place. Everything that connects to PostgreSQL takes its settings from here. If
// the address were read in two ways, one connection might be encrypted and the other not, or go to another server.

import { Client, type ClientConfig } from "pg";
import { parse, toClientConfig } from "pg-connection-string";
import { addressProblem, postgresAddress } from "./store-address.ts";

/** What a user of the database adds to the address. */
export type ConnectionPurpose = {
  /** What `pg_stat_activity` shows, unless the address names the application itself. */
  readonly applicationName: string;
  /** Settings of the session, each as `name=value`. They come after those of the address, so they hold. */
  readonly session?: readonly string[];
};

/** An address, as far as it says where and how to connect. Texts are empty if pg has to find them itself. */
export type DatabaseSettings = Pick<ClientConfig, "ssl" | "sslnegotiation"> & {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
  readonly options: string;
  readonly application_name: string;
};

/**
 * How the server finds out that this machine has vanished: within half a minute, instead of the two hours that
 * are usual. Until then a session keeps its locks.
 */
const serverNotices = [
  "tcp_keepalives_idle=10",
  "tcp_keepalives_interval=5",
  "tcp_keepalives_count=3",
  "tcp_user_timeout=25000",
];

/**
 * The settings of an address, for pg and for whatever is built on it. What the address leaves out comes from the
 * usual PGHOST, PGPORT, PGUSER and PGDATABASE; without a password, pg itself asks PGPASSWORD and the password file.
 * Throws if a certificate that the address names can't be read.
 */
export function databaseSettings(url: string, purpose: ConnectionPurpose): DatabaseSettings {
  const named = toClientConfig(parse(withPlainTlsMode(url)));
  const encryption = {
    // A plain object: MikroORM copies no other kind.
    ...(named.ssl === undefined
      ? {}
      : { ssl: typeof named.ssl === "object" ? { ...named.ssl } : named.ssl }),
    ...(named.sslnegotiation === undefined ? {} : { sslnegotiation: named.sslnegotiation }),
  };
  // This client never connects. It is asked what pg makes of what the address leaves out.
  const { host, port, user, database } = new Client({
    host: named.host,
    port: named.port,
    user: named.user,
    database: databaseNamed(url),
    ...encryption,
  });
  const options = [
    ...serverNotices.map((setting) => `-c ${setting}`),
    ...(named.options ? [named.options] : []),
    ...(purpose.session ?? []).map((setting) => `-c ${setting}`),
  ];
  return {
    host,
    port,
    user: user ?? "",
    password: typeof named.password === "string" ? named.password : "",
    database: database ?? "",
    options: options.join(" "),
    application_name: named.application_name ?? purpose.applicationName,
    ...encryption,
  };
}

const tlsModes = ["disable", "allow", "no-verify", "prefer", "require", "verify-ca", "verify-full"];

/** What is wrong with an address of a database, beginning with what was expected; undefined if it can be used. */
export function databaseUrlProblem(url: string): string | undefined {
  const problem = addressProblem(url, postgresAddress);
  if (problem !== undefined) return problem;
  const mode = new URLSearchParams(url.split("?")[1]).get("sslmode");
  if (mode !== null && !tlsModes.includes(mode)) {
    return `expected an sslmode of ${tlsModes.join(", ")}`;
  }
  try {
    databaseSettings(url, { applicationName: "" });
    return undefined;
  } catch (error) {
    return `expected an address and certificates that can be read (${error instanceof Error ? error.message : ""})`;
  }
}

/** pg's reader leaves `%2F`, `%3F`, `%23` and the like in the database's name as they are. */
function databaseNamed(address: string): string {
  return decodeURIComponent(/^[^/?]*\/\/[^/?]*\/([^?#]*)/.exec(address)?.[1] ?? "");
}

/** The modes that pg takes for `verify-full`. Its next version won't, and this one warns of that at each start. */
const verified = new Set(["prefer", "require", "verify-ca"]);

/**
 * Spells how to encrypt in the one way that keeps its meaning: `verify-full`, `no-verify` or `disable`. An address
 * that asks for the meanings of libpq keeps its own words.
 */
function withPlainTlsMode(address: string): string {
  const start = address.indexOf("?");
  if (start === -1) return spacesEncoded(address);
  const query = new URLSearchParams(address.slice(start + 1));
  if (query.get("ssl") === "no-verify") {
    query.delete("ssl");
    query.set("sslmode", "no-verify");
  }
  if (verified.has(query.get("sslmode") ?? "") && query.get("uselibpqcompat") !== "true") {
    query.set("sslmode", "verify-full");
  }
  return `${spacesEncoded(address.slice(0, start))}?${query.toString()}`;
}

/** pg's reader encodes an address with a space in it anew, and then misreads what was encoded already. */
function spacesEncoded(address: string): string {
  return address.replaceAll(" ", "%20");
}
