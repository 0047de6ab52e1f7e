// Listens to PostgreSQL's notifications on one connection, and reconnects when that is lost.

import type { Client } from "pg";
import { asError } from "../flow/as-error.ts";
import { settlesInTime } from "../flow/deadline.ts";
import { boundedAnswers, createClient } from "./sql/pool.ts";

/** What a listener does with notifications. */
export type ListenerOptions = {
  /** For each channel, a function that is called with the payload of each notification. */
  readonly channels: Readonly<Record<string, (payload: string) => void>>;
  /**
   * Called when notifications may have been missed: when the connection is lost, and again when a new one listens.
   * Caches that rely on notifications must be emptied then.
   */
  readonly onGap: () => void;
  readonly onError: (error: Error) => void;
};

/** A running listener. */
export type Listener = {
  /** Whether the listener is connected. */
  isListening(): boolean;
  close(): Promise<void>;
};

const retryDelayMs = 500;

/** How often the connection is checked, and how long the server's reply may take, both in milliseconds. */
const heartbeat = { intervalMs: 5_000, statementMs: 3_000 };

/**
 * Starts a listener. Resolves when it listens; rejects if the first connection fails. Later failures go to `onError`.
 */
export async function startListener(
  databaseUrl: string,
  options: ListenerOptions,
): Promise<Listener> {
  let client: Client | undefined;
  let closed = false;
  let timer: NodeJS.Timeout | undefined;

  const connect = async (): Promise<void> => {
    const bounds = boundedAnswers(heartbeat.statementMs);
    const next = createClient(databaseUrl, "tallyman-listener", bounds);
    next.on("notification", ({ channel, payload }) => options.channels[channel]?.(payload ?? ""));
    try {
      await next.connect();
      for (const channel of Object.keys(options.channels)) {
        await next.query(`listen ${next.escapeIdentifier(channel)}`);
      }
      if (closed) throw new Error("The listener was closed while it connected.");
    } catch (error) {
      void next.end().catch(() => undefined);
      throw error;
    }
    next.on("error", (error) => lose(next, error));
    next.on("end", () => lose(next));
    client = next;
    beatLater(next);
    options.onGap();
  };

  const lose = (lost: Client, error?: unknown): void => {
    if (lost !== client || closed) return;
    client = undefined;
    clearTimeout(timer);
    if (error !== undefined) options.onError(asError(error));
    options.onGap();
    void lost.end().catch(() => undefined);
    reconnectLater();
  };

  const reconnectLater = (): void => {
    timer = setTimeout(() => {
      connect().catch((error: unknown) => {
        if (closed) return;
        options.onError(asError(error));
        reconnectLater();
      });
    }, retryDelayMs);
  };

  const beatLater = (asked: Client): void => {
    timer = setTimeout(() => void beat(asked), heartbeat.intervalMs);
  };

  /** Checks the connection with a statement: it may be dead without an error, and a standby sends no notifications. */
  const beat = async (asked: Client): Promise<void> => {
    try {
      const { rows } = await asked.query<{ standby: boolean }>(
        "select pg_is_in_recovery() as standby",
      );
      if (rows[0]?.standby === true) throw new Error("The database server is a standby now.");
      if (asked === client) beatLater(asked);
    } catch (error) {
      lose(asked, error);
    }
  };

  await connect();
  return {
    isListening: () => client !== undefined,
    async close() {
      closed = true;
      clearTimeout(timer);
      if (client !== undefined) await settlesInTime(client.end(), heartbeat.statementMs);
    },
  };
}
