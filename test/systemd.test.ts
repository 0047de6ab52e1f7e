// The units in `ops/systemd`, read by systemd itself, and compared with what the compose file runs.

import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readConfig, variableNames } from "../src/config.ts";

const root = join(import.meta.dirname, "..");
const folder = join(root, "ops/systemd");

let units: { readonly name: string; readonly text: string }[];
let copies: string;
beforeAll(async () => {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".service"));
  units = await Promise.all(
    names.map(async (name) => ({ name, text: await readFile(join(folder, name), "utf8") })),
  );
  copies = await mkdtemp(join(tmpdir(), "tallyman-units-"));
});
afterAll(() => rm(copies, { recursive: true, force: true }));

/** What systemd says against units that are installed in this folder; an empty text if nothing. */
async function faultsOf(change: (text: string) => string = (text) => text): Promise<string> {
  const paths = await Promise.all(
    units.map(async ({ name, text }) => {
      const path = join(copies, name);
      await writeFile(path, change(text.replaceAll("/opt/tallyman", root)));
      return path;
    }),
  );
  const { stderr } = await promisify(execFile)("systemd-analyze", [
    "verify",
    "--man=no",
    ...paths,
  ]).catch((error: { stderr?: string }) => {
    if (error.stderr === undefined || error.stderr === "") throw error;
    return { stderr: error.stderr };
  });
  return stderr;
}

describe("the units", () => {
  it("are taken by systemd, without a warning", async () => {
    expect(units.length).toBe(3);
    expect(await faultsOf()).toBe("");
  });

  it("are judged by a systemd that finds a misspelt option", async () => {
    const said = await faultsOf((text) => text.replace("ProtectHome=", "ProtectHouse="));
    expect(said).toContain("ProtectHouse");
  });

  it("run what the compose file runs", async () => {
    const compose = await readFile(join(root, "docker-compose.yml"), "utf8");
    const commands = units.map(({ text }) =>
      (/^ExecStart=(.*)$/m.exec(text)?.[1] ?? "").replace(
        /^(?:\/opt\/tallyman\/|\/usr\/bin\/env )/,
        "",
      ),
    );
    for (const command of commands) {
      const list = `[${command.split(" ").join(", ")}]`;
      expect([command, list].some((each) => compose.includes(`command: ${each}\n`))).toBe(true);
    }
  });

  it("name files of secrets that they load, for settings that there are", () => {
    for (const { text } of units) {
      const named = [...text.matchAll(/\b(\w+_FILE)=%d\/(\w+)/g)];
      expect(named.length).toBeGreaterThan(1);
      expect(named.filter(([, name = ""]) => !variableNames.includes(name))).toEqual([]);
      const loaded = [...text.matchAll(/^LoadCredential=(\w+):/gm)].map(([, name]) => name);
      expect(named.map(([, , file]) => file)).toEqual(loaded);
    }
  });

  it("come up when PostgreSQL comes late, and migrate at each start", () => {
    for (const { name, text } of units) {
      expect(text).not.toMatch(/^(?:Requires|BindsTo|Requisite|RemainAfterExit)=/m);
      expect(text).toMatch(/^Restart=(?:always|on-failure)$/m);
      expect(text).toMatch(/^StartLimitIntervalSec=0$/m);
      expect(text).toMatch(
        /^After=.*network-online\.target postgresql\.service redis-server\.service/m,
      );
      const wantsMigrate = /^Wants=.*tallyman-migrate\.service/m.test(text);
      const waitsForMigrate = /^After=.*tallyman-migrate\.service/m.test(text);
      const isMigrate = name === "tallyman-migrate.service";
      expect([wantsMigrate, waitsForMigrate]).toEqual([!isMigrate, !isMigrate]);
    }
  });

  it("give the program more time to stop than its deadline", () => {
    const stopping = units.flatMap(({ text }) => /^TimeoutStopSec=(\d+)$/m.exec(text)?.[1] ?? []);
    expect(stopping.length).toBe(2);
    for (const seconds of stopping) {
      expect(Number(seconds) * 1_000).toBeGreaterThan(readConfig({}).SHUTDOWN_DEADLINE_MS);
    }
  });
});
