// Finds a pooler between this program and PostgreSQL that shares sessions or drops their settings. The program prepares
// statements, listens for notifications and holds locks, all of which belong to a session.

import type { Client } from "pg";
import { boundedAnswers, createClient } from "./sql/pool.ts";

/** A pooler stands between this program and PostgreSQL. The message says what to do. */
export class PoolerError extends Error {
  override readonly name = "PoolerError";
}

const advice =
  "Name PostgreSQL itself in DATABASE_URL: Tallyman pools its connections by itself. A pooler shared with other programs must give each connection a session of its own, with the settings that the connection asks for.";

/**
 * Rejects with a `PoolerError` if two connections share a session, or if a session lacks the settings that were asked
 * for; without its time limits, a dead connection would never be noticed. Rejects with pg's error if the database does not
 * answer.
 */
export async function requireOwnSessions(databaseUrl: string): Promise<void> {
  const clients = [1, 2].map(() => createClient(databaseUrl, "tallyman-start"));
  try {
    const sessions: Session[] = [];
    for (const client of clients) {
      await client.connect();
      sessions.push(await readSession(client));
    }
    const asked = boundedAnswers().statement_timeout;
    const got = sessions.find(({ statementMs }) => statementMs !== asked)?.statementMs;
    if (got !== undefined) {
      throw new PoolerError(
        `A pooler between Tallyman and PostgreSQL drops the settings of sessions: expected a statement_timeout of ${asked} ms, got ${got} ms. ${advice}`,
      );
    }
    if (new Set(sessions.map(({ pid }) => pid)).size < sessions.length) {
      throw new PoolerError(
        `A pooler between Tallyman and PostgreSQL gives one session to several connections. ${advice}`,
      );
    }
  } finally {
    await Promise.allSettled(clients.map((client) => client.end()));
  }
}

/** A session of PostgreSQL: its process, and how long a statement may take in milliseconds. */
type Session = { readonly pid: number; readonly statementMs: number };

async function readSession(client: Client): Promise<Session> {
  const { rows } = await client.query<Session>(
    `select pg_backend_pid() as pid, setting::integer as "statementMs"
     from pg_settings where name = 'statement_timeout'`,
  );
  const [session] = rows;
  if (session === undefined) throw new Error("Expected PostgreSQL to show its settings.");
  return session;
}
