// What the compose file hands on: every setting of the program that it does not decide itself.

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { environmentSchema, variableNames } from "../src/config.ts";

/** Decided by the image, the published port, the containers' network and the volumes. */
const decided = ["HOST", "PORT", "DATABASE_URL", "REDIS_URL", "REDIS_CLUSTER_NODES", "DATA_DIR"];

let compose: string;
beforeAll(async () => {
  compose = await readFile(join(import.meta.dirname, "../docker-compose.yml"), "utf8");
});

describe("the compose file", () => {
  it("takes every other setting from .env, under the setting's own name", () => {
    const settings = Object.keys(environmentSchema.shape).filter((name) => !decided.includes(name));
    const missing = settings.filter(
      (name) => !new RegExp(`^ +${name}: \\$\\{${name}:?-[^}]*\\}$`, "m").test(compose),
    );
    expect(missing).toEqual([]);
  });

  it("hands on the files that hold secrets instead, but for the addresses of its own stores", () => {
    const files = variableNames.filter(
      (name) => name.endsWith("_FILE") && !decided.includes(name.slice(0, -"_FILE".length)),
    );
    expect(files.length).toBeGreaterThan(4);
    expect(files.filter((name) => !compose.includes(`${name}: \${${name}:-}\n`))).toEqual([]);
    expect(compose).toContain(":/run/tallyman:ro");
  });

  it("tells the first key and administrator to the API alone", () => {
    expect(sharedParts()).not.toContain("BOOTSTRAP_");
    const telling = services().filter(({ text }) => text.includes("BOOTSTRAP_"));
    expect(telling.map(({ name }) => name)).toEqual(["api"]);
  });

  it("confines every container: no rights that it does not name, and limits of memory and processes", () => {
    const confined = /^x-confined: &confined\n(?: .*\n)*/m.exec(compose)?.[0];
    expect(confined).toMatch(/cap_drop: \[ALL\]\n/);
    expect(confined).toMatch(/no-new-privileges:true/);
    expect(confined).toMatch(/pids_limit: \d+\n/);
    expect(sharedParts()).toMatch(
      /^x-tallyman: &tallyman\n {2}<<: \*confined\n(?: .*\n)* {2}mem_limit: /m,
    );
    const loose = services().filter(
      ({ text }) =>
        !text.includes("<<: *tallyman\n") &&
        !(text.includes("<<: *confined\n") && text.includes("mem_limit: ")),
    );
    expect(loose.map(({ name }) => name)).toEqual([]);
    expect(services().length).toBeGreaterThan(5);
  });

  it("gives no program a password as an argument, where everybody on the host can read it", () => {
    const commands = [...compose.matchAll(/^( +)command:(.*\n(?:\1 .*\n)*)/gm)];
    expect(commands.length).toBeGreaterThan(4);
    expect(commands.filter(([text]) => text.includes("${"))).toEqual([]);
  });
});

/** What stands before the services. */
function sharedParts(): string {
  return compose.slice(0, compose.search(/^services:$/m));
}

function services(): { name: string; text: string }[] {
  const text = compose.slice(compose.search(/^services:$/m), compose.search(/^volumes:$/m));
  return text
    .split(/^ {2}(?=[a-z]+:$)/m)
    .slice(1)
    .map((service) => ({ name: service.split(":", 1)[0] ?? "", text: service }));
}
