// Shows the credentials of a store's first start. On a terminal they are printed. Otherwise standard error goes to a log,
// which keeps secrets for long and shows them to many; then they go to a file that only this user can read.

import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { passwordLinkHours } from "../api/auth/password-link.ts";
import type { MadeAccess, ShowMadeAccess } from "./bootstrap.ts";

/** Standard error, or what stands for it. */
export type Output = {
  readonly isTTY?: boolean | undefined;
  write(text: string): unknown;
};

/** The file of the first credentials in the data folder. */
export function firstAccessFile(dataDir: string): string {
  return resolve(join(dataDir, "first-access.txt"));
}

/** Shows credentials on a terminal, or else puts them into the file. Throws if it can't be written. */
export function showOnTerminalOrInFile(output: Output, dataDir: string): ShowMadeAccess {
  return (made) => {
    const text = `${lines(made).join("\n")}\n`;
    if (output.isTTY === true) {
      output.write(text);
      return;
    }
    const file = firstAccessFile(dataDir);
    mkdirSync(resolve(dataDir), { recursive: true });
    // An older file may be readable by others, and the mode below is that of a new file only.
    rmSync(file, { force: true });
    writeFileSync(file, text, { mode: 0o600, flag: "wx" });
    output.write(
      `The first credentials are in ${file}, not in this log: ${contents(made)}. Only this user can read the file; delete it when they are in their place.\n`,
    );
  };
}

/** A reminder while the file of the first credentials is still there; no line if it is gone. */
export function leftFirstAccess(dataDir: string): string | undefined {
  const file = firstAccessFile(dataDir);
  return existsSync(file)
    ? `the store's first credentials are still in ${file}; delete the file when they are in their place`
    : undefined;
}

function lines({ apiKey, adminEmail, adminLink }: MadeAccess): string[] {
  const made: string[] = [];
  if (apiKey !== undefined) made.push(`First API key, shown only now: ${apiKey}`);
  if (adminEmail !== undefined && adminLink !== undefined) {
    made.push(
      `First administrator: ${adminEmail}. Choose the password here, once, within ${passwordLinkHours / 24} days:`,
      `  ${adminLink}`,
    );
  }
  return made;
}

function contents({ apiKey, adminLink }: MadeAccess): string {
  const named = [
    ...(apiKey === undefined ? [] : ["an API key"]),
    ...(adminLink === undefined
      ? []
      : ["a link with which the first administrator chooses a password"]),
  ];
  return named.join(", and ");
}
