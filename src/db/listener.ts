// One connection that hears PostgreSQL's notifications, and gets itself a new one whenever it is lost.

import { Client } from "pg";
import { databaseSettings } from "./connection.ts";

/** What a listener does with what it hears. */
export type ListenerOptions = {
  /** Called with each notification's payload, by channel. */
  readonly channels: Readonly<Record<string, (payload: string) => void>>;
  /**
   * Called whenever notifications may have been missed: when the connection is lost and again when a new
   * one listens. Whoever keeps anything on the strength of notifications must drop it then.
   */
  readonly onGap: () => void;
  readonly onError: (error: Error) => void;
};

/** A running listener. */
export type Listener = {
  /** Whether notifications are being heard just now. */
  isListening(): boolean;
  close(): Promise<void>;
};

const retryDelayMs = 500;

/** Starts listening in the background; the first connection is awaited and its failure told. */
export async function startListener(
  databaseUrl: string,
  options: ListenerOptions,
): Promise<Listener> {
  let client: Client | undefined;
  let closed = false;
  let retry: NodeJS.Timeout | undefined;

  const connect = async (): Promise<void> => {
    const next = new Client({
      ...databaseSettings(databaseUrl, { applicationName: "tallyman-listener" }),
      connectionTimeoutMillis: 5_000,
      keepAlive: true,
      keepAliveInitialDelayMillis: 10_000,
    });
    next.on("error", (error) => lose(next, error));
    next.on("end", () => lose(next));
    next.on("notification", ({ channel, payload }) => options.channels[channel]?.(payload ?? ""));
    await next.connect();
    for (const channel of Object.keys(options.channels)) {
      await next.query(`listen ${next.escapeIdentifier(channel)}`);
    }
    client = next;
    options.onGap();
  };

  const lose = (lost: Client, error?: Error): void => {
    if (lost !== client || closed) return;
    client = undefined;
    if (error !== undefined) options.onError(error);
    options.onGap();
    void lost.end().catch(() => undefined);
    reconnectLater();
  };

  const reconnectLater = (): void => {
    retry = setTimeout(() => {
      connect().catch((error: unknown) => {
        options.onError(error instanceof Error ? error : new Error(String(error)));
        if (!closed) reconnectLater();
      });
    }, retryDelayMs);
  };

  await connect();
  return {
    isListening: () => client !== undefined,
    async close() {
      closed = true;
      clearTimeout(retry);
      await client?.end();
    },
  };
}
