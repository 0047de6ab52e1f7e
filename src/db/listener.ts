// One connection that hears PostgreSQL's notifications, and gets itself a new one whenever it is lost.

import type { Client } from "pg";
import { asError } from "../flow/as-error.ts";
import { settlesInTime } from "../flow/deadline.ts";
import { boundedAnswers, createClient } from "./sql/pool.ts";

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

/** How often the server is asked whether it is still there, in milliseconds, and how long it may take to answer. */
const heartbeat = { intervalMs: 5_000, statementMs: 3_000 };

/** Starts listening in the background; the first connection is awaited and its failure told. */
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

  /** A connection that says nothing may be dead, and a standby hears of nothing: both are noticed by asking. */
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
