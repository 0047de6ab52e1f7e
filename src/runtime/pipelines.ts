// HTTP pipelining: requests that a client sends before it has read the response to the one before. Each is served only
// after that response was read. So a client that sends much and reads nothing causes one response, not all of them.

import type { ServerResponse } from "node:http";
import type { Connection } from "./connections.ts";

/** The requests that wait for an earlier response of their connection. */
export type Pipelines = {
  /** Serves a request when the responses before it were sent. Closes the connection if too many requests wait. */
  hold(connection: Connection | undefined, response: ServerResponse, serve: () => void): void;
};

/** The most requests that wait. */
const heldMax = { perConnection: 100, inAll: 5_000 };

/** Creates the pipelines of one server. */
export function createPipelines(): Pipelines {
  let inAll = 0;
  const watched = new WeakSet<Connection>();

  /** Counts the waiting requests of a closed connection as gone. Node emits no event on their responses. */
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
        // Requests of other connections come first, and by then Node has attached the socket.
        setImmediate(serve);
      });
    },
  };
}
