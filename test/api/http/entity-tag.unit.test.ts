// Conditions on versions, in every form that clients and proxies send them.

import { describe, expect, it } from "vitest";
import { versionCondition } from "../../../src/api/http/entity-tag.ts";

const holds = (headers: Record<string, string>, version: number | null) =>
  versionCondition((name) => headers[name])(version);

describe("a request without conditions", () => {
  it("may change anything", () => {
    expect(holds({}, 3)).toBe(true);
    expect(holds({}, null)).toBe(true);
  });
});

describe("If-Match", () => {
  it.each(['"3"', 'W/"3"', "3", '"2", "3"', ' "3" '])("%s holds for version 3 only", (match) => {
    expect(holds({ "if-match": match }, 3)).toBe(true);
    expect(holds({ "if-match": match }, 4)).toBe(false);
    expect(holds({ "if-match": match }, null)).toBe(false);
  });

  it("* holds for whatever is there", () => {
    expect(holds({ "if-match": "*" }, 9)).toBe(true);
    expect(holds({ "if-match": "*" }, null)).toBe(false);
  });

  it.each(["", '"abc"', "three"])("%j holds for nothing", (match) => {
    expect(holds({ "if-match": match }, 3)).toBe(false);
  });
});

describe("If-None-Match: *", () => {
  it("holds only where there is nothing yet", () => {
    expect(holds({ "if-none-match": "*" }, null)).toBe(true);
    expect(holds({ "if-none-match": "*" }, 1)).toBe(false);
  });
});
