// `tallyman export`: writes what the store has as CSV, to standard output or to a file.

import { createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { problemReply } from "./api-client.ts";
import type { Given } from "./command.ts";
import { OperatorError, UsageError } from "./operator-error.ts";
import { withApi } from "./with-api.ts";

/** What can be exported, and its path in the API. */
export const exportPaths = {
  products: "/product-export",
  stock: "/stock-export",
  movements: "/movement-export",
  orders: "/order-export",
  alerts: "/alert-export",
} as const;

/**
 * Writes the export. A file appears under its name when it is whole. Throws a `UsageError` if there is no such export,
 * and an `OperatorError` if the API refuses the filter or the file can't be written.
 */
export async function exportCommand(given: Given): Promise<void> {
  const [what = ""] = given.args;
  const [, path] = Object.entries(exportPaths).find(([name]) => name === what) ?? [];
  if (path === undefined) {
    throw new UsageError(
      `<what>: expected one of ${Object.keys(exportPaths).join(", ")}; got ${JSON.stringify(what)}.`,
    );
  }
  const { filter, to } = given.options;
  const query = typeof filter === "string" ? `?${new URLSearchParams(filter).toString()}` : "";
  await withApi(given, "tallyman export", async ({ api, key, signal }) => {
    const reply = await fetch(`${api.url}/api/v1${path}${query}`, {
      headers: { Authorization: `Bearer ${key}`, Accept: "text/csv" },
      signal,
    });
    if (!reply.ok || reply.body === null) {
      const problem = problemReply.parse(await reply.json().catch(() => ({})));
      const errors = problem.errors.map(({ pointer, detail }) => `${pointer}: ${detail}`);
      throw new OperatorError([problem.detail ?? problem.title, ...errors].join(" "));
    }
    const source = Readable.from(reply.body);
    if (typeof to === "string") await writeWhole(source, to);
    else await pipeline(source, process.stdout, { end: false });
  });
}

async function writeWhole(source: Readable, path: string): Promise<void> {
  const part = `${path}.part`;
  try {
    await pipeline(source, createWriteStream(part));
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true }).catch(() => undefined);
    const reason = error instanceof Error ? error.message : String(error);
    throw new OperatorError(`${path}: the export could not be written; ${reason}.`);
  }
}
