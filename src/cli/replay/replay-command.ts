// `tallyman replay`: posts a history of orders to a running service, or to one that it starts and stops itself.

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

/** Runs the command. Rejects with an `OperatorError` if the operator has to correct something first. */
export async function replayCommand(
  environment: Readonly<Record<string, string | undefined>>,
  path: string,
  given: Readonly<Record<string, unknown>>,
): Promise<void> {
  const raw = { ...given, key: given["key"] ?? environment["TALLYMAN_KEY"] };
  const replay = await prepareReplay(path, raw);
  const { url, key } = replay.options;
  const { signal } = listenForInterruption(
    "Posted orders are stored: the same command continues after them.",
  );
  const stream = process.stderr;
  const history = await replay.readHistory(stream);
  const own = url === undefined ? await startHere(environment, path, key) : undefined;
  try {
    signal.throwIfAborted();
    const api = createApiClient({ url: url ?? own?.url ?? "", key: key ?? own?.key ?? "", signal });
    const outcome = await replayOrders(replay, history, { api, signal, stream });
    const text = [describeOutcome(outcome), "", ...(own === undefined ? [] : howToReturn(own))];
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
  // Imported only here: a replay to another service need not load the service.
  const { startOwnService } = await import("../own-service.ts");
  const own = await startOwnService(readConfig(environment), "replay", {
    key,
    showFirstAccess(made) {
      // Before the replay, which may be interrupted: the credentials can't be read back.
      process.stderr.write(`${credentials(made).join("\n")}\n`);
    },
  });
  const { dataDir } = own.running;
  const where = dataDir === null ? "on DATABASE_URL" : `with its data in ${dataDir}`;
  process.stderr.write(`Started Tallyman at ${own.url} ${where}, for the replay of ${path}.\n`);
  return own;
}

function credentials(made: MadeAccess): string[] {
  const heading = "New credentials of this store, shown only now";
  return section(heading, firstAccessLines(made));
}

/** How to see the orders and alerts after the replay. */
function howToReturn({ running }: OwnService): string[] {
  return [
    ...credentials(running.firstAccess),
    "Tallyman was started for this replay and stops now. Start it again with `npx tallyman start` (or npm start)",
    "to see the orders and alerts at /admin.",
  ];
}
