// `npm start` in a folder of its own, with a program in the place of the service that says what happens to it.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdir, readdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { temporaryFolder } from "../cli/temporary-file.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));

const program = `
process.on("SIGTERM", () => { console.log("stopped"); process.exit(0); });
setInterval(() => {}, 1_000);
console.log("pid " + process.pid);
`;

async function installed(): Promise<string> {
  const folder = await temporaryFolder();
  await cp(join(root, "package.json"), join(folder, "package.json"));
  await cp(join(root, "bin"), join(folder, "bin"), { recursive: true });
  await symlink(join(root, "node_modules"), join(folder, "node_modules"));
  return folder;
}

function npmStart(folder: string) {
  const npm = spawn("npm", ["start", "--silent"], {
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe"],
  });
  onTestFinished(() => void npm.kill("SIGKILL"));
  return npm;
}

test("a signal to npm start reaches the program, which stops by itself", async () => {
  const folder = await installed();
  await mkdir(join(folder, "dist"));
  await writeFile(join(folder, "dist/main.js"), program);
  const npm = npmStart(folder);
  let said = "";
  const started = new Promise<void>((resolve) => {
    npm.stdout.setEncoding("utf8").on("data", (part: string) => {
      said += part;
      if (said.includes("\n")) resolve();
    });
  });
  await Promise.race([
    started,
    once(npm, "close").then(() => Promise.reject(new Error("npm start ended"))),
  ]);
  const pid = Number(/pid (\d+)/.exec(said)?.[1]);
  onTestFinished(() => {
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // It has ended, as it should.
    }
  });
  npm.kill("SIGTERM");
  await expect.poll(() => said).toContain("stopped");
});

test("npm start builds nothing, and says what to do if nothing is built", async () => {
  const folder = await installed();
  const npm = npmStart(folder);
  const [said, [code]] = await Promise.all([text(npm.stderr), once(npm, "close")]);
  expect(said).toContain("it is not built. Run `npm run build` first");
  expect(code).toBe(1);
  expect((await readdir(folder)).toSorted()).toEqual(["bin", "node_modules", "package.json"]);
});
