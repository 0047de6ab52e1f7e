import { createConnection } from "node:net";
import { describe, expect, it } from "vitest";
import { DeadlineError } from "../../../src/flow/deadline.ts";
import { classifyFailure } from "../../../src/api/http/classify-failure.ts";

const withCode = (code: string, more: object = {}) =>
  Object.assign(new Error(`it failed with ${code}`), { code, ...more });
const kindOf = (error: unknown) => classifyFailure(error).kind;

/** What PostgreSQL and Node say when something is away, full, read-only, busy or in the way. */
const absences = [
  ..."08000 08003 08006 08001 08004 25006 25P03 25P04 28000 28P01 3D000 40001 40003 40P01".split(
    " ",
  ),
  ..."53000 53100 53200 53300 53400 55006 55P03 57014 57P01 57P02 57P03 57P04 57P05".split(" "),
  ..."58000 58030 58P01 F0000 XX000 XX001 XX002".split(" "),
  ..."ECONNREFUSED ECONNRESET EPIPE ETIMEDOUT ENOTFOUND EAI_AGAIN EAI_FAIL EHOSTUNREACH".split(" "),
  ..."EHOSTDOWN ENETUNREACH ENETDOWN EADDRNOTAVAIL EMFILE ENFILE ENOSPC ENOBUFS".split(" "),
  ..."CERT_HAS_EXPIRED SELF_SIGNED_CERT_IN_CHAIN ERR_TLS_CERT_ALTNAME_INVALID".split(" "),
];

/** What PostgreSQL says of statements that are wrong, and Node of files that are missing. */
const mistakes = "08P01 0A000 21000 23502 23505 23514 25P02 26000 2F003 34000 40002 42601 42703"
  .concat(" 42883 42P01 42501 44000 54001 P0001 22004 22012 2201W 22023 ENOENT EISDIR EACCES")
  .concat(" ERR_INVALID_ARG_TYPE ABORT_ERR")
  .split(" ");

describe("an error's kind", () => {
  it.each(absences)("%s is an absence", (code) => {
    expect(kindOf(withCode(code))).toBe("away");
  });

  it.each(mistakes)("%s is a bug", (code) => {
    expect(kindOf(withCode(code))).toBe("bug");
  });

  it.each(["22001", "22003", "22007", "22008", "22021", "22P02", "22P05"])(
    "%s is a value that can't be stored",
    (code) => {
      expect(kindOf(withCode(code))).toBe("unfit-value");
    },
  );

  it.each([
    "timeout exceeded when trying to connect",
    "Connection terminated",
    "Connection terminated unexpectedly",
    "Connection terminated due to connection timeout",
    "Query read timeout",
    "Client has encountered a connection error and is not queryable",
    "Client was closed and is not queryable",
    "Cannot use a pool after calling end on the pool",
    "The server does not support SSL connections",
    "Connection is closed.",
    "Command timed out",
    "READONLY You can't write against a read only replica.",
    "OOM command not allowed when used memory > 'maxmemory'.",
    "WRONGPASS invalid username-password pair or user is disabled.",
  ])("a driver's %j is an absence", (message) => {
    expect(kindOf(new Error(message))).toBe("away");
  });

  it("a missed deadline is an absence", () => {
    expect(kindOf(new DeadlineError("late"))).toBe("away");
  });

  it("a mistake in this program is a bug", () => {
    expect(kindOf(new TypeError("x is not a function"))).toBe("bug");
    expect(kindOf(new Error("Stock holder 7 was not read."))).toBe("bug");
    expect(kindOf("thrown text")).toBe("bug");
    expect(kindOf(undefined)).toBe("bug");
  });

  it("is that of the first cause that says more, as deep as libraries wrap them", () => {
    const wrapped = new Error("query failed", {
      cause: new Error("x", { cause: withCode("53100") }),
    });
    expect(kindOf(wrapped)).toBe("away");
    const everyAddress = new AggregateError([withCode("ECONNREFUSED"), withCode("ENETUNREACH")]);
    expect(kindOf(everyAddress)).toBe("away");
    const circle = new Error("round and round");
    circle.cause = circle;
    expect(kindOf(circle)).toBe("bug");
  });

  it("a socket that is no file is an absence, as Node itself says it", async () => {
    const error = await new Promise((resolve) => {
      createConnection("/nowhere/.s.PGSQL.5432").on("error", resolve);
    });
    expect(kindOf(error)).toBe("away");
  });

  it("a middleware's refusal keeps its status, also where its class has it and not itself", () => {
    class ClientError extends Error {}
    Object.assign(ClientError.prototype, { status: 413, statusCode: 413 });
    expect(classifyFailure(new ClientError("too many parameters"))).toEqual({
      kind: "refused",
      status: 413,
    });
    expect(classifyFailure(Object.assign(new Error("?"), { statusCode: 416 }))).toEqual({
      kind: "refused",
      status: 416,
    });
    expect(classifyFailure(new URIError("URI malformed"))).toEqual({
      kind: "refused",
      status: 400,
    });
    expect(kindOf(Object.assign(new Error("stream is not readable"), { status: 500 }))).toBe("bug");
  });
});
