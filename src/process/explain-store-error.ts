// What an operator reads if a store can't be used: the reason and what to do, instead of a library's stack. Starts and
// commands both use it.

import { withoutSecrets } from "./loggable.ts";

/** What happened, and what to do about it. */
type Explanation = { readonly what: string; readonly advice: string };

const checkAddress = "Check that the server runs, and that its address is right.";
const checkCertificate =
  "Name the authority that signed it with sslrootcert=/path/ca.pem in DATABASE_URL (for Redis and mail, in NODE_EXTRA_CA_CERTS). sslmode=no-verify encrypts without checking.";
const unreachable = { what: "A server can't be reached", advice: checkAddress };
const mistrusted = { what: "A server's certificate is not trusted", advice: checkCertificate };

/** Explanations by the code of the network, TLS or PostgreSQL. */
const byCode: Readonly<Record<string, Explanation>> = {
  ECONNREFUSED: { what: "Nothing answers where a server is expected", advice: checkAddress },
  ENOTFOUND: { what: "A server's name is not known", advice: "Check the host in its address." },
  EAI_AGAIN: {
    what: "A server's name can't be looked up just now",
    advice: "Check the host in its address, and the network.",
  },
  ENOPRIMARY: {
    what: "No PostgreSQL server takes writes",
    advice: "Check that one of the servers in DATABASE_URL runs and is the primary.",
  },
  EHOSTUNREACH: unreachable,
  ENETUNREACH: unreachable,
  ETIMEDOUT: unreachable,
  ECONNRESET: {
    what: "A server closed the connection",
    advice: "Check that the port is the right one, and whether the server wants encryption.",
  },
  SELF_SIGNED_CERT_IN_CHAIN: mistrusted,
  DEPTH_ZERO_SELF_SIGNED_CERT: mistrusted,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: mistrusted,
  UNABLE_TO_GET_ISSUER_CERT: mistrusted,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: mistrusted,
  CERT_HAS_EXPIRED: { what: "A server's certificate has expired", advice: "Renew it." },
  ERR_TLS_CERT_ALTNAME_INVALID: {
    what: "A server's certificate is for another name",
    advice: "Name the server in its address as its certificate does.",
  },
  "28P01": {
    what: "PostgreSQL refused the password",
    advice: "Check user and password in DATABASE_URL; a password in it is percent-encoded.",
  },
  "28000": {
    what: "PostgreSQL refused the login",
    advice:
      "Check the user in DATABASE_URL and the server's pg_hba.conf. If it says no encryption, add ?sslmode=verify-full.",
  },
  "3D000": {
    what: "PostgreSQL has no such database",
    advice: "Create it, or name another one in DATABASE_URL; then run `npx tallyman migrate`.",
  },
  "42P01": {
    what: "The database lacks a table",
    advice: "Check that DATABASE_URL names Tallyman's database, and run `npx tallyman migrate`.",
  },
  "42501": {
    what: "This login lacks a right in PostgreSQL",
    advice:
      "Run `npx tallyman migrate` as the owner of the database, and grant this login what the message names.",
  },
  "53300": {
    what: "PostgreSQL takes no more connections",
    advice: "Raise its max_connections, or lower DATABASE_POOL.",
  },
  "57P03": { what: "PostgreSQL is starting or stopping", advice: "Try again in a moment." },
};

/** Explanations by the text of the message, for errors without a code. */
const byMessage: readonly (readonly [RegExp, Explanation])[] = [
  [
    /does not support SSL/i,
    {
      what: "PostgreSQL does not encrypt",
      advice: "Turn ssl on in the server, or leave sslmode out of DATABASE_URL.",
    },
  ],
  [
    /client password must be a string/i,
    {
      what: "PostgreSQL wants a password",
      advice: "Put it into DATABASE_URL, percent-encoded, or into PGPASSWORD.",
    },
  ],
  [
    /unsupported startup parameter/i,
    {
      what: "A pooler stands between Tallyman and PostgreSQL",
      advice: "Name PostgreSQL itself in DATABASE_URL: Tallyman pools its connections by itself.",
    },
  ],
  [/connection timeout|timeout expired|timeout exceeded/i, unreachable],
  [
    /^(WRONGPASS|NOAUTH|ERR invalid password|ERR AUTH)/,
    {
      what: "Redis refused the login",
      advice: "Check user and password in REDIS_URL or REDIS_CLUSTER_NODES.",
    },
  ],
  [
    /^(MOVED|CROSSSLOT)\b/,
    {
      what: "This Redis is a node of a cluster",
      advice: "Set REDIS_CLUSTER_NODES instead of REDIS_URL.",
    },
  ],
  [
    /cluster support disabled/i,
    {
      what: "This Redis is no cluster",
      advice: "Set REDIS_URL instead of REDIS_CLUSTER_NODES.",
    },
  ],
];

/** One sentence that says what happened and one that says what to do; undefined for an error that is not known. */
export function explainStoreError(thrown: unknown): string | undefined {
  // The innermost cause says what happened; the errors around it repeat it in other words.
  for (const error of [thrown, ...reasonsOf(thrown)].toReversed()) {
    const found = explanationOf(error);
    if (found !== undefined && error instanceof Error) {
      const said = withoutSecrets(error.message || String(codeOf(error))).split("\n")[0] ?? "";
      return `${found.what}: ${said.replace(/\.$/, "")}. ${found.advice}`;
    }
  }
  return undefined;
}

function explanationOf(error: unknown): Explanation | undefined {
  if (!(error instanceof Error)) return undefined;
  const { message } = error;
  return byMessage.find(([pattern]) => pattern.test(message))?.[1] ?? byCode[codeOf(error) ?? ""];
}

function codeOf(error: Error): string | undefined {
  return "code" in error && typeof error.code === "string" ? error.code : undefined;
}

/** The errors inside an error, the innermost last: parts of an aggregate, the cause, the error of a cluster's node. */
function reasonsOf(thrown: unknown, depth = 0): unknown[] {
  if (!(thrown instanceof Error) || depth > 4) return [];
  const parts: readonly unknown[] = thrown instanceof AggregateError ? thrown.errors : [];
  const inner = [...parts];
  if (thrown.cause !== undefined) inner.push(thrown.cause);
  if ("lastNodeError" in thrown) inner.push(thrown.lastNodeError);
  return inner.flatMap((error) => [error, ...reasonsOf(error, depth + 1)]);
}
