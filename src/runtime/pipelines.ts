// Requests that a client sends before it has the answer to the one before. Each is worked on once the last answer was
// taken. So for a client that asks much and reads nothing one answer is made, not all.

import type { ServerResponse } from "node:http";
import type { Connection } from "./connections.ts";

/** The requests that wait for an earlier one of their connection. */
export type Pipelines = {
  /** Serves a request once it is its turn. Ends the connection if too many wait. */
  hold(connection: Connection | undefined, response: ServerResponse, serve: () => void): void;
};

/** Requests that wait at most, of one connection and in all. */
const heldMax = { perConnection: 100, inAll: 5_000 };

/** Creates the pipelines of one server. */
export function createPipelines(): Pipelines {
  let inAll = 0;
  const watched = new WeakSet<Connection>();

  /** A connection that ends takes its requests with it; Node tells their responses nothing. */
  const watch = (connection: Connection): void => {
    if (watched.has(connection)) return;
    watched.add(connection);
    connection.socket.once("close", () => {
      inAll -= connection.held;
      connection.held = 0;
    });
  };

  return {
    hold(connection, response, serve) {
      if (connection === undefined) return;
      if (connection.held >= heldMax.perConnection || inAll >= heldMax.inAll) {
        connection.socket.destroy();
        return;
      }
      watch(connection);
      connection.held += 1;
      inAll += 1;
      response.once("socket", () => {
        connection.held -= 1;
        inAll -= 1;
        // Others are served in between, and Node has the response ready then.
        setImmediate(serve);
      });
    },
  };
}
