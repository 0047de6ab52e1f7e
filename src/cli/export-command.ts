// `tallyman export`: writes what the store has as CSV, to standard output or to a file.

import { createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { problemReply, reasonOf } from "./api-client.ts";
import type { Given } from "./command.ts";
import { isOfClosedPipe } from "./lost-output.ts";
import { OperatorError, UsageError } from "./operator-error.ts";
import { type UsableApi, withApi } from "./with-api.ts";

/** What can be exported, its path in the API, and the permission that it needs. */
const exported = {
  products: { path: "/product-export", permission: "catalogue:read" },
  stock: { path: "/stock-export", permission: "stock:read" },
  movements: { path: "/movement-export", permission: "stock:read" },
  orders: { path: "/order-export", permission: "orders:read" },
  alerts: { path: "/alert-export", permission: "alerts:read" },
} as const;

/**
 * Writes the export. A file appears under its name when it is whole. Throws a `UsageError` if there is no such export,
 * and an `OperatorError` if the API refuses the filter, does not answer to the end, or the file can't be written.
 */
export async function exportCommand(given: Given): Promise<void> {
  const [what = ""] = given.args;
  const [, source] = Object.entries(exported).find(([name]) => name === what) ?? [];
  if (source === undefined) {
    throw new UsageError(
      `<what>: expected one of ${Object.keys(exported).join(", ")}; got ${JSON.stringify(what)}.`,
    );
  }
  const { filter, to } = given.options;
  const query = typeof filter === "string" ? `?${new URLSearchParams(filter).toString()}` : "";
  const ofCommand = { name: "tallyman export", scopes: [source.permission] };
  await withApi(given, ofCommand, async (usable) => {
    const rows = await readExport(`${source.path}${query}`, usable);
    try {
      if (typeof to === "string") await writeWhole(rows, to);
      else await pipeline(rows, process.stdout, { end: false });
    } catch (error) {
      usable.signal.throwIfAborted();
      // Who reads the output has enough.
      if (typeof to !== "string" && isOfClosedPipe(error)) return;
      const where = typeof to === "string" ? to : "standard output";
      throw new OperatorError(`${where}: the export could not be written; ${reasonOf(error)}.`);
    }
  });
}

async function readExport(path: string, { api, key, signal }: UsableApi): Promise<Readable> {
  let reply: Response;
  try {
    reply = await fetch(`${api.url}/api/v1${path}`, {
      headers: { Authorization: `Bearer ${key}`, Accept: "text/csv" },
      signal,
    });
  } catch (error) {
    signal.throwIfAborted();
    throw new OperatorError(
      `${api.url} could not be reached: ${reasonOf(error)}. Is Tallyman running there?`,
    );
  }
  if (!reply.ok || reply.body === null) {
    const problem = problemReply.parse(await reply.json().catch(() => ({})));
    const errors = problem.errors.map(({ pointer, detail }) => `${pointer}: ${detail}`);
    throw new OperatorError([problem.detail ?? problem.title, ...errors].join(" "));
  }
  return Readable.from(reply.body);
}

async function writeWhole(source: Readable, path: string): Promise<void> {
  const part = `${path}.part`;
  try {
    await pipeline(source, createWriteStream(part));
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true }).catch(() => undefined);
    throw error;
  }
}
