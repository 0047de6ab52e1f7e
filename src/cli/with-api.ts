// Gives a command an API: that of a service that runs elsewhere, or one that this process starts for itself on the
// configured stores. So the rules of the API hold, and the command works while no service runs.

import { readConfig } from "../config.ts";
import type { Permission } from "../domain/access/permissions.ts";
import { type ApiClient, ApiRefusal, createApiClient } from "./api-client.ts";
import type { Given } from "./command.ts";
import { listenForInterruption } from "./interruption.ts";
import { OperatorError, UsageError } from "./operator-error.ts";

/** An API that a command may use. */
export type UsableApi = {
  readonly api: ApiClient;
  readonly key: string;
  readonly signal: AbortSignal;
};

/** The key that a command makes on an API of its own. Its name is the actor of what the command does. */
export type CommandKey = { readonly name: string; readonly scopes: readonly Permission[] };

/**
 * Runs `work` with an API and a key on it: `ofCommand`, or with `--url` the one that the operator gave. Rejects with an
 * `OperatorError` if the API refuses.
 */
export async function withApi<T>(
  { environment, options }: Pick<Given, "environment" | "options">,
  ofCommand: CommandKey,
  work: (usable: UsableApi) => Promise<T>,
): Promise<T> {
  const { signal } = listenForInterruption("What was done before is stored.");
  const url = options["url"];
  const key = options["key"] ?? environment["TALLYMAN_KEY"];
  const run = async (address: string, usedKey: string): Promise<T> => {
    try {
      const api = createApiClient({ url: address, key: usedKey, signal });
      return await work({ api, key: usedKey, signal });
    } catch (error) {
      throw error instanceof ApiRefusal ? new OperatorError(error.message) : error;
    }
  };
  if (typeof url === "string") {
    if (!URL.canParse(url) || typeof key !== "string") {
      throw new UsageError(
        "--url and --key: expected an address such as http://127.0.0.1:3000, and an API key of that service, or TALLYMAN_KEY.",
      );
    }
    return run(url, key);
  }
  const { startOwnService } = await import("./own-service.ts");
  const config = { ...readConfig(environment), HOST: "127.0.0.1", PORT: 0, SHUTDOWN_GRACE_MS: 0 };
  const own = await startOwnService(config, ofCommand.name, {
    scopes: ofCommand.scopes,
    roles: ["api"],
    showFirstAccess() {
      throw new OperatorError(
        "This store is new: it has no API key or no people yet. Start it first, with `npx tallyman start`.",
      );
    },
  });
  try {
    return await run(own.url, own.key);
  } finally {
    await own.stop();
  }
}
