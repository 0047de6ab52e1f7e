import { describe, expect, it } from "vitest";
import { localPath } from "../../../src/api/login/local-path.ts";

describe("where a login leads", () => {
  it.each([
    ["/admin/queues", "/admin/queues"],
    ["/admin/products?q=tee#stock", "/admin/products?q=tee#stock"],
    ["/admin/../docs", "/docs"],
  ])("is the local path %j", (next, path) => {
    expect(localPath(next)).toBe(path);
  });

  it.each([
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example/",
    "/\t/evil.example/",
    "/\n//evil.example",
    "/.//evil.example",
    "/x/..//evil.example",
    "javascript:alert(1)",
    "evil.example",
    "",
    `/${"x".repeat(3_000)}`,
    undefined,
    ["/admin"],
  ])("is the first page, and no other site, for %j", (next) => {
    expect(localPath(next)).toBe("/admin");
  });
});
