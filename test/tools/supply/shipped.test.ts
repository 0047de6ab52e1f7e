// What the commands and the build tell about the packages, against the lock file.

import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import * as z from "zod";
import { readTreesPackages, root } from "../../../tools/supply/read-tree.ts";
import { dist } from "../../support/built.ts";

const packages = readTreesPackages();
const keyOf = ({ name, version }: { name: string; version: string }): string =>
  `${name}@${version}`;

const sbomSchema = z.object({
  bomFormat: z.literal("CycloneDX"),
  components: z.array(
    z.object({
      name: z.string(),
      version: z.string(),
      hashes: z.array(z.object({ alg: z.literal("SHA-512"), content: z.string() })).length(1),
      licenses: z.array(z.unknown()).min(1),
    }),
  ),
});

it("the bill of materials names every package of the lock file, with its hash and its licence", async () => {
  const { stdout } = await promisify(execFile)("npm", ["run", "--silent", "sbom"], {
    cwd: root,
    maxBuffer: 8 << 20,
  });
  const { components } = sbomSchema.parse(JSON.parse(stdout));
  expect(new Set(components.map(keyOf))).toEqual(new Set(packages.map(keyOf)));
});

it.each([
  ["the admin app has in it", "admin/licences.md", /^@mantine\/core@/],
  ["the program's files have in them", "licences.md", /^@mikro-orm\/core@/],
])(
  "the build gives the licences of what %s, and docs/licences.md lists these packages",
  async (_, file, known) => {
    const texts = await readFile(new URL(file, dist), "utf8");
    const bundled = [...texts.matchAll(/^## (\S+) - (\S+) \(/gm)].map(
      ([, name = "", version = ""]) => keyOf({ name, version }),
    );
    const shipped = new Set(packages.filter(({ use }) => use !== "tools").map(keyOf));
    expect(bundled).toContainEqual(expect.stringMatching(known));
    expect(bundled.filter((key) => !shipped.has(key))).toEqual([]);
  },
);
