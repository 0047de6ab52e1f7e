// Decides what kind of failure an error is. If the database, the queue store or a socket is unavailable for a while,
// the client should try again; after a bug of this program it should not. An outage can show as too many kinds of
// errors to list, so this file lists those that are bugs.

import { DeadlineError } from "../../flow/deadline.ts";

/**
 * "refused": a parser or another middleware refused the request, with a status of its own. "away": a store or server
 * that the service needs is unavailable. "unfit-value": the database can't store a value of the request. "bug": any
 * other error.
 */
export type Failure =
  | { readonly kind: "refused"; readonly status: number }
  | { readonly kind: "away" | "unfit-value" | "bug" };

/** How many levels of causes are checked. */
const depthMax = 5;

/** Returns the kind of an error. If that is "bug", returns the first other kind among its causes. */
export function classifyFailure(error: unknown, depth = 0): Failure {
  const status = statusOf(error);
  if (status !== undefined) return { kind: "refused", status };
  if (error instanceof URIError) return { kind: "refused", status: 400 };
  if (!(error instanceof Error) || depth > depthMax) return { kind: "bug" };
  const kind = kindOf(error);
  if (kind !== "bug") return { kind };
  // If a host has several addresses, Node puts the error of each into an AggregateError.
  const others: readonly unknown[] = error instanceof AggregateError ? error.errors : [];
  for (const cause of [error.cause, ...others]) {
    const failure = classifyFailure(cause, depth + 1);
    if (failure.kind === "away" || failure.kind === "unfit-value") return failure;
  }
  return { kind: "bug" };
}

/** The status of an error from 400 to 499; the errors of Express's middleware have one. */
function statusOf(error: unknown): number | undefined {
  for (const name of ["status", "statusCode"]) {
    const status = valueOf(error, name);
    if (typeof status === "number" && status >= 400 && status < 500) return status;
  }
  return undefined;
}

function kindOf(error: Error): "away" | "unfit-value" | "bug" {
  if (error instanceof DeadlineError) return "away";
  const code = valueOf(error, "code");
  if (typeof code === "string") {
    if (sqlState.test(code)) return kindOfSqlState(code);
    if (systemError.test(code)) return isMissingFile(error, code) ? "bug" : "away";
    if (tlsError.test(code)) return "away";
  }
  if (error.name === "MaxRetriesPerRequestError") return "away";
  return absentMessages.test(error.message) ? "away" : "bug";
}

/** PostgreSQL's SQLSTATE: five characters, of which the first two are the class of the error. */
const sqlState = /^(?:\d[\dA-Z]|F0|HV|P0|XX)[\dA-Z]{3}$/;

/**
 * Classes and single SQLSTATEs that mean a wrong statement of ours. All others (no connection, no memory, no disk, no
 * right to log in, read-only, cancelled, deadlocked, damaged) are outages: the same request may succeed later, when
 * somebody has repaired the database.
 */
const ourMistakes =
  /^(?:0[0-79A-Z]|08P01|2[0134679BDF]|25(?!006|P03|P04)|3[4589B]|3F|40002|42|44|54|HV|P0)/;

/** Data exceptions that no value of a client can cause: division by zero, and limits that only code sets. */
const ourData = /^22(?:004|012|01[0-9A-Z]|02[0236])/;

function kindOfSqlState(code: string): "away" | "unfit-value" | "bug" {
  if (code.startsWith("22")) return ourData.test(code) ? "bug" : "unfit-value";
  return ourMistakes.test(code) ? "bug" : "away";
}

/** How Node names errors of sockets, of name servers and of files: ECONNREFUSED, EAI_AGAIN, ENOSPC. */
const systemError = /^E(?:AI_)?[A-Z\d]+$/;

/** A missing or unreadable file is a bug, not an outage, unless it is a socket. */
function isMissingFile(error: Error, code: string): boolean {
  const isPath = /^E(?:NOENT|NOTDIR|ISDIR|ACCES|PERM|INVAL|EXIST)$/.test(code);
  return isPath && valueOf(error, "syscall") !== "connect";
}

const tlsError =
  /^(?:ERR_TLS_|ERR_SSL_|CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|HOSTNAME_MISMATCH)/;

/** Messages of an outage: those of the drivers of PostgreSQL and Redis that have no code, and those of Redis itself. */
const absentMessages = new RegExp(
  [
    "Connection terminated",
    "Connection is closed",
    "time(?:out|d out)",
    "Client has encountered a connection error",
    "Client was closed and is not queryable",
    "Cannot use a pool after calling end on the pool",
    "SSL connection",
    "^SASL: ",
    "Failed to refresh slots cache",
    "Stream isn't writeable",
    "^(?:LOADING|READONLY|OOM|MISCONF|MASTERDOWN|CLUSTERDOWN|TRYAGAIN|NOREPLICAS|NOAUTH|WRONGPASS|BUSY|NOPERM) ",
  ].join("|"),
  "i",
);

/** A property of a thrown value, own or inherited: http-errors keeps the status in a prototype. */
function valueOf(error: unknown, name: string): unknown {
  return typeof error === "object" && error !== null ? Reflect.get(error, name) : undefined;
}
