import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import * as z from "zod";

/** The words between `node` and the program, for each place in a file that starts it. */
function optionsIn(text: string): string[] {
  const starts = text.matchAll(/\bnode["']?,?\s+([^\n]*?)["']?dist\/main\.js/g);
  return [...starts].map(([, words = ""]) => words.replace(/["',]/g, "").trim());
}

const manifest = z
  .object({ scripts: z.object({ start: z.string() }) })
  .parse(JSON.parse(readFileSync("package.json", "utf8")));

// They bound the memory of a worker and the helpers of its garbage collector: see docs/performance.md.
it.each([
  ["Dockerfile", 1],
  ["docker-compose.yml", 2],
])("%s starts the program with the same options as npm start", (file, places) => {
  const [expected] = optionsIn(manifest.scripts.start);
  expect(expected).toMatch(/^--\S+( --\S+)*$/);
  expect(optionsIn(readFileSync(file, "utf8"))).toEqual(Array(places).fill(expected));
});
