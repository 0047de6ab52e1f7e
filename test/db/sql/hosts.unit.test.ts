import { describe, expect, it } from "vitest";
import { databaseSettings, databaseUrlProblem } from "../../../src/db/sql/connection.ts";
import { addressesOf } from "../../../src/db/sql/hosts.ts";

describe("an address with several hosts", () => {
  it.each([
    ["postgres://u:p@a:1,b:2/d?x=y", ["postgres://u:p@a:1/d?x=y", "postgres://u:p@b:2/d?x=y"]],
    ["postgres://a,b/d", ["postgres://a/d", "postgres://b/d"]],
    ["postgres://u@[::1]:1,[::2]/d", ["postgres://u@[::1]:1/d", "postgres://u@[::2]/d"]],
    ["postgres://u:a,b@h/d", ["postgres://u:a,b@h/d"]],
    ["postgresql:///d?host=/var/run", ["postgresql:///d?host=/var/run"]],
    ["postgres://", ["postgres://"]],
  ])("%s is one address for each", (url, addresses) => {
    expect(addressesOf(url)).toEqual(addresses);
  });

  it.each([
    "postgres://u:p@a:5432,b:5433/d?target_session_attrs=read-write",
    "postgres://u:p@a,b/d?target_session_attrs=primary&sslmode=verify-full",
    "postgres://u:p@a,b,c/d",
    "postgres://u:p@h/d?target_session_attrs=any",
  ])("%s can be used", (url) => {
    expect(databaseUrlProblem(url)).toBeUndefined();
  });

  it("takes login and database from what all have in common, and a port from each", () => {
    expect(databaseSettings("postgres://u:p@a:1,b/d", { applicationName: "x" })).toMatchObject({
      host: "a",
      port: 1,
      user: "u",
      password: "p",
      database: "d",
    });
  });

  it.each([
    ["postgres://u:p@a,b/d?target_session_attrs=any", /of read-write or primary/],
    ["postgres://u:p@a,b/d?target_session_attrs=standby", /of read-write or primary/],
    ["postgres://u:p@a,/d", /a host before and after each comma/],
    ["postgres://u:p@,b:1/d", /a host before and after each comma/],
    ["postgres://a,:1/d", /a host before and after each comma/],
    ["postgres://u:p@a,b/d?host=c", /no host and no port after the \?/],
    ["postgres://u:p@a,b/d?port=1", /no host and no port after the \?/],
    ["postgres://u:p@/d?host=a,b", /several hosts before the database's name/],
    [`postgres://u:p@${Array(9).fill("a").join(",")}/d`, /at most 8 hosts; got 9/],
    ["postgres://u:p@a:1,b:x/d", /an address such as postgres:/],
    ["postgres://u:p@a,b", /the name of a database/],
    ["postgres://u@a,u2@b/d", /the login once, before the first host/],
    ["postgres://u:p@a:1,u:p@b:2/d", /the login once, before the first host/],
    ["postgres://u:p@a%2Cb/d", /commas between hosts as they are; got %2C/],
    ["postgres://u:p@a%2cb,c/d", /commas between hosts as they are; got %2C/],
  ])("%s is refused, with what was expected", (url, problem) => {
    expect(databaseUrlProblem(url)).toMatch(/^expected /);
    expect(databaseUrlProblem(url)).toMatch(problem);
  });
});
