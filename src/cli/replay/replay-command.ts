// `tallyman replay`: a history of orders against a running service, or against one that is started here
// for as long as the replay takes.

import type { MadeAccess } from "../../process/bootstrap.ts";
import { readConfig } from "../../config.ts";
import { createApiClient } from "../api-client.ts";
import { firstAccessLines } from "../first-access.ts";
import { section } from "../in-columns.ts";
import { listenForInterruption } from "../interruption.ts";
import type { OwnService } from "../own-service.ts";
import { describeOutcome } from "./describe-outcome.ts";
import { prepareReplay } from "./prepare-replay.ts";
import { replayOrders } from "./replay-orders.ts";

/** Runs the command. Throws an `OperatorError` where something has to be put right first. */
export async function replayCommand(
  environment: Readonly<Record<string, string | undefined>>,
  path: string,
  given: Readonly<Record<string, unknown>>,
): Promise<void> {
  const raw = { ...given, key: given["key"] ?? environment["TALLYMAN_KEY"] };
  const replay = await prepareReplay(path, raw);
  const { url, key } = replay.options;
  const { signal } = listenForInterruption(
    "What was posted is safe: the same command goes on from there.",
  );
  const stream = process.stderr;
  const history = await replay.readHistory(stream);
  const own = url === undefined ? await startHere(environment, path, key) : undefined;
  try {
    signal.throwIfAborted();
    const api = createApiClient({ url: url ?? own?.url ?? "", key: key ?? own?.key ?? "", signal });
    const outcome = await replayOrders(replay, history, { api, signal, stream });
    const text = [describeOutcome(outcome), "", ...(own === undefined ? [] : tellWhere(own))];
    process.stdout.write(`${text.join("\n").trimEnd()}\n`);
  } finally {
    await own?.stop();
  }
}

async function startHere(
  environment: Readonly<Record<string, string | undefined>>,
  path: string,
  key: string | undefined,
): Promise<OwnService> {
  // Loaded only here: a replay to another service needs no service of its own.
  const { startOwnService } = await import("../own-service.ts");
  const own = await startOwnService(readConfig(environment), "replay", {
    key,
    showFirstAccess(made) {
      // At once, not at the end: a replay may be interrupted, and the credentials can't be read back.
      process.stderr.write(`${credentials(made).join("\n")}\n`);
    },
  });
  const { dataDir } = own.running;
  const where = dataDir === null ? "on DATABASE_URL" : `with its data in ${dataDir}`;
  process.stderr.write(`Started Tallyman at ${own.url} ${where}, to replay ${path} to it.\n`);
  return own;
}

function credentials(made: MadeAccess): string[] {
  const heading = "Credentials that were made for this store, shown only now";
  return section(heading, firstAccessLines(made));
}

/** Where everything can be looked at afterwards, and how to get in. */
function tellWhere({ running }: OwnService): string[] {
  return [
    ...credentials(running.firstAccess),
    "Tallyman was started for this replay and stops now. `npx tallyman start` (or npm start) serves the store",
    "again, with the orders and alerts at /admin.",
  ];
}
