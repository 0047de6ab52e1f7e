import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { isIgnored, readDockerfile } from "../../../tools/image/dockerfile.ts";

const root = join(import.meta.dirname, "../../..");

describe("a Dockerfile", () => {
  it("is read with its stages, its lines that go on, and without its comments", () => {
    const text = [
      "# A comment.",
      "FROM node:24 AS build",
      "WORKDIR /app",
      "RUN one && two \\",
      "  # why three",
      "  && three",
      "FROM node:24",
      "ENV A=1 B=x=y",
      "COPY --from=build --chown=root:root /app/dist ./dist",
      "USER node",
      'CMD ["node", "main.js"]',
    ].join("\n");
    expect(readDockerfile(text)).toEqual([
      {
        name: "build",
        base: "node:24",
        steps: [
          { kind: "workdir", path: "/app" },
          { kind: "run", command: "one && two  && three" },
        ],
        command: null,
      },
      {
        name: "stage 1",
        base: "node:24",
        steps: [
          { kind: "env", values: { A: "1", B: "x=y" } },
          { kind: "copy", from: "build", sources: ["/app/dist"], target: "./dist" },
        ],
        command: ["node", "main.js"],
      },
    ]);
  });

  it("with an instruction that is not known is refused", () => {
    expect(() => readDockerfile("FROM a\nADD b c")).toThrow("got ADD b c");
  });

  it("of this project can be read", () => {
    const stages = readDockerfile(readFileSync(join(root, "Dockerfile"), "utf8"));
    expect(stages.map(({ command }) => command)).toEqual([
      null,
      ["bin/tuned-node", "dist/main.js"],
    ]);
  });
});

it.each([
  ["node_modules/a", true],
  ["dist-building-7/x", true],
  ["src/node_modules", false],
  ["package.json", false],
  [".env", true],
  [".env.example", false],
])(".dockerignore and %s: %s", (path, ignored) => {
  expect(isIgnored(readFileSync(join(root, ".dockerignore"), "utf8"), path)).toBe(ignored);
});
