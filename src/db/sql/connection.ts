// Reads DATABASE_URL. Everything that connects to PostgreSQL takes its settings from here. If the address were read in
// two ways, one connection might be encrypted and another not, or they might go to different servers.

import { Client, type ClientConfig } from "pg";
import { parse, toClientConfig } from "pg-connection-string";
import { addressesOf, hostsProblem } from "./hosts.ts";
import { addressProblem, postgresAddress } from "./store-address.ts";

/** What a caller adds to the address. */
export type ConnectionPurpose = {
  /** The name in `pg_stat_activity`, unless the address has one. */
  readonly applicationName: string;
  /** Settings of the session, each as `name=value`. They override those of the address. */
  readonly session?: readonly string[];
};

/** Where and how to connect. A text is empty if pg finds the value itself. */
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
 * Makes the server notice within half a minute that this machine is gone. By default it takes two hours, and until then
 * the session keeps its locks.
 */
const serverNotices = [
  "tcp_keepalives_idle=10",
  "tcp_keepalives_interval=5",
  "tcp_keepalives_count=3",
  "tcp_user_timeout=25000",
];

/**
 * The settings of an address, for pg and for MikroORM. What the address leaves out comes from PGHOST, PGPORT, PGUSER
 * and PGDATABASE. If it has no password, pg uses PGPASSWORD or the password file. If the address names several servers,
 * these are the settings for the first, and `clientOf` chooses another if that one takes no writes. Throws if a
 * certificate that the address names can't be read.
 */
export function databaseSettings(
  severalOrOne: string,
  purpose: ConnectionPurpose,
): DatabaseSettings {
  const [url] = addressesOf(severalOrOne);
  const named = toClientConfig(parse(withPlainTlsMode(url)));
  const encryption = {
    // MikroORM copies only plain objects.
    ...(named.ssl === undefined
      ? {}
      : { ssl: typeof named.ssl === "object" ? { ...named.ssl } : named.ssl }),
    ...(named.sslnegotiation === undefined ? {} : { sslnegotiation: named.sslnegotiation }),
  };
  // This client never connects. It only says which defaults pg uses for what the address leaves out.
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

/**
 * What is wrong with a database's address, as a sentence that begins with what was expected; undefined if nothing is.
 */
export function databaseUrlProblem(url: string): string | undefined {
  const problem =
    hostsProblem(url) ??
    addressesOf(url)
      .map((address) => addressProblem(address, postgresAddress))
      .find((found) => found !== undefined);
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

/** pg's parser does not decode `%2F`, `%3F`, `%23` and similar codes in the database's name. */
function databaseNamed(address: string): string {
  return decodeURIComponent(/^[^/?]*\/\/[^/?]*\/([^?#]*)/.exec(address)?.[1] ?? "");
}

/** The modes that pg treats as `verify-full`. Its next version will not, and this one warns of that at each start. */
const verified = new Set(["prefer", "require", "verify-ca"]);

/**
 * Replaces the TLS mode of an address by the one that keeps its meaning in later versions of pg: `verify-full`,
 * `no-verify` or `disable`. An address with `uselibpqcompat=true` keeps its mode.
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

/** If an address has a space, pg's parser encodes all of it again, and then misreads what was encoded already. */
function spacesEncoded(address: string): string {
  return address.replaceAll(" ", "%20");
}
