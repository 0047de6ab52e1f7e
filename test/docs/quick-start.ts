// Runs docs/quick-start.md line by line in one shell, and compares each answer with the JSON below its command: `node
// test/docs/quick-start.ts`. The page shows some fields of an answer; those must be there, with these values.

import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";

const page = readFileSync(new URL("../../docs/quick-start.md", import.meta.url), "utf8");
const blocks = [...page.matchAll(/^```(sh|json)\n([^]*?)^```/gm)].map(
  ([, language = "", text = ""]) => ({ language, text }),
);

/** Whether a value has all that is expected of it: each field of objects, each entry of lists. */
function hasAll(value: unknown, expected: unknown): boolean {
  if (typeof expected !== "object" || expected === null) return isDeepStrictEqual(value, expected);
  if (typeof value !== "object" || value === null) return false;
  return Object.entries(expected).every(([name, part]) => hasAll(Reflect.get(value, name), part));
}

const mark = "--- end of block";
// If a line fails, the programs that the page starts must not outlive it.
const ends = "trap 'kill ${SERVICE:-} ${RECEIVER:-} 2>/dev/null || true' EXIT";
const script = [
  ends,
  ...blocks.flatMap(({ language, text }) =>
    language === "sh" ? [text, `echo; echo "${mark}"`] : [],
  ),
];
const shell = spawnSync("bash", ["-e", "-u", "-o", "pipefail"], {
  input: script.join("\n"),
  encoding: "utf8",
  stdio: ["pipe", "pipe", "inherit"],
  timeout: 600_000,
});
const outputs = shell.stdout.split(`${mark}\n`);
let ran = -1;
for (const { language, text } of blocks) {
  if (language === "sh") {
    ran += 1;
    continue;
  }
  const output = (outputs[ran] ?? "").trim();
  const answer: unknown = output.startsWith("{") ? JSON.parse(output) : output;
  const expected: unknown = JSON.parse(text);
  if (hasAll(answer, expected)) continue;
  process.stderr.write(`Expected an answer with ${text}; got ${output}\n`);
  process.exitCode = 1;
}
if (shell.status !== 0) {
  process.stderr.write(`Expected each line to succeed; the shell ended with ${shell.status}.\n`);
  process.exitCode = 1;
}
process.stdout.write(`${ran + 1} blocks of the quick start were run.\n`);
