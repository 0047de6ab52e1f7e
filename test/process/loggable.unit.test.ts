import { describe, expect, it } from "vitest";
import { loggableError, loggableText, withoutSecrets } from "../../src/process/loggable.ts";

describe("what a log shows of an error", () => {
  it("is what went wrong and where, and nothing that a library hung on it", () => {
    const error = Object.assign(new TypeError("WRONGPASS invalid username-password pair"), {
      code: "WRONGPASS",
      errno: -111,
      command: { name: "hello", args: ["3", "AUTH", "default", "s3cret"] },
      config: { auth: { pass: "s3cret" } },
    });
    const shown = loggableError(error);
    expect(shown).toEqual({
      type: "TypeError",
      message: "WRONGPASS invalid username-password pair",
      code: "WRONGPASS",
      errno: -111,
      stack: expect.stringMatching(
        /^TypeError: WRONGPASS invalid .*\n {4}at .*loggable.unit.test.ts/,
      ),
    });
    expect(JSON.stringify(shown)).not.toContain("s3cret");
  });

  it("is the same of its causes, of its parts and of the node of a cluster that failed", () => {
    const inner = Object.assign(new Error("NOAUTH"), { command: { args: ["s3cret"] } });
    const cluster = Object.assign(new Error("Failed to refresh slots cache."), {
      lastNodeError: inner,
    });
    const shown = loggableError(
      new AggregateError([cluster, "s3cret://u:s3cret@h"], "all failed", { cause: inner }),
    );
    expect(shown).toMatchObject({
      cause: { message: "NOAUTH" },
      aggregateErrors: [
        { cause: { message: "NOAUTH" } },
        { type: "string", message: "s3cret://[hidden]@h" },
      ],
    });
  });

  it("stays small, however much an error says and however deep its causes go", () => {
    let error = new Error("x".repeat(100_000));
    for (let depth = 0; depth < 100; depth += 1) {
      error = new AggregateError(
        Array.from({ length: 5 }, () => error),
        "y".repeat(50_000),
        {
          cause: error,
        },
      );
    }
    expect(JSON.stringify(loggableError(new Error("x".repeat(100_000)))).length).toBeLessThan(
      5_000,
    );
    expect(JSON.stringify(loggableError(error)).length).toBeLessThan(50_000);
  });

  it("is a word about what was thrown, where that is no error", () => {
    expect(loggableError(undefined)).toMatchObject({
      type: "undefined",
      message: "no error, but undefined",
    });
    expect(loggableError({ password: "s3cret" })).not.toMatchObject({
      message: expect.stringContaining("s3cret"),
    });
  });
});

describe("a text for the log", () => {
  it.each([
    ["connect redis://shop:s3cret@h:1/0 failed", "connect redis://[hidden]@h:1/0 failed"],
    ["redis://:s3c@ret/#?@h", "redis://[hidden]@h"],
    ["postgres://h/d?user=a&password=s3cret&x=1", "postgres://h/d?user=a&password=[hidden]&x=1"],
    [
      "ERR unknown command `HELLO`, with args beginning with: `3`, `AUTH`, `s3cret`",
      "ERR unknown command `HELLO`, with args beginning with: [hidden]",
    ],
    [
      "null value\n - detail: Failing row contains (1, a@b.example, s3cret).",
      "null value\n - detail: Failing row contains [hidden]",
    ],
    ["Key (lower(email))=(s3cret) already exists.", "Key (lower(email))=[hidden]"],
    ["Value is required\nentity: AdminUser {\n  hash: 's3cret'\n}", "Value is required"],
    [
      "at f (file:///srv/node_modules/@mikro-orm/core/x.js:6:16)",
      "at f (file:///srv/node_modules/@mikro-orm/core/x.js:6:16)",
    ],
    ["http://127.0.0.1:3000/docs", "http://127.0.0.1:3000/docs"],
  ])("%j hides what may be secret", (text, shown) => {
    expect(withoutSecrets(text)).toBe(shown);
  });

  it("says how long it was, if it is cut", () => {
    expect(loggableText("x".repeat(5_000))).toMatch(/^x{1000}… \(5000 characters\)$/);
  });
});
