// What the compose file hands on: every setting of the program that it does not decide itself.

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { environmentSchema } from "../src/config.ts";

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
      (name) => !new RegExp(`^ +${name}: \\$\\{${name}:-[^}]*\\}$`, "m").test(compose),
    );
    expect(missing).toEqual([]);
  });

  it("tells the first key and administrator to the API alone", () => {
    const [shared = "", services = ""] = compose.split(/^services:$/m);
    expect(shared).not.toContain("BOOTSTRAP_");
    const telling = services
      .split(/^ {2}(?=[a-z]+:$)/m)
      .filter((service) => service.includes("BOOTSTRAP_"));
    expect(telling.map((service) => service.split(":", 1)[0])).toEqual(["api"]);
  });
});
