// The open connections of one server, and their limits. If the server is full, a new connection replaces an unused
// one. One address can't use up all connections.

import type { ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { ipKeyGenerator } from "express-rate-limit";

/** An open connection. */
export type Connection = {
  readonly socket: Socket;
  /** The client's address. In IPv6 a client has many addresses, so it is the address of the network. */
  readonly address: string;
  /** The response of the last request. */
  response: ServerResponse | undefined;
  /** How many requests wait for an earlier response of this connection. */
  held: number;
  /** The second of the last request, as `second()` counts. */
  usedAt: number;
};

/** The most connections. */
export type ConnectionLimits = {
  readonly inAll: number;
  /** The most of one address. Undefined if all clients come through a proxy and share its address. */
  readonly perAddress: { readonly inAll: number; readonly idle: number } | undefined;
};

/** The open connections of one server. */
export type Connections = {
  /** Adds a new connection. If the server is full and every connection is busy, it closes the new one. */
  open(socket: Socket): void;
  of(socket: Socket): Connection | undefined;
  all(): Iterable<Connection>;
  count(): number;
  /** Call this once a second: it closes unused connections of an address that has too many of them. */
  tidy(): void;
  /** The current second, counted by `tidy`. A read of the clock for each request would cost more. */
  second(): number;
};

/** The states of a connection, in the order in which connections are closed to make room. */
const states = ["silent", "idle", "unread", "working"] as const;

/** How long a connection is unused before an address that has too many loses it, in seconds. */
const restSeconds = 2;

/**
 * The state of a connection. `silent`: it never sent a request. `idle`: its last response was sent. `unread`: the
 * client does not read the response. `working`: its request is in progress.
 */
export function stateOf({ response }: Pick<Connection, "response">): (typeof states)[number] {
  if (response === undefined) return "silent";
  if (response.writableFinished || response.destroyed) return "idle";
  return response.writableEnded ? "unread" : "working";
}

/** The connection to close first, the oldest of equal ones; undefined if all have a request in progress. */
export function leastMissed(connections: Iterable<Connection>): Connection | undefined {
  let least: Connection | undefined;
  for (const connection of connections) {
    if (stateOf(connection) === "working") continue;
    if (least === undefined || rankOf(connection) < rankOf(least)) least = connection;
    if (rankOf(least) === 0) return least;
  }
  return least;
}

function rankOf(connection: Connection): number {
  return states.indexOf(stateOf(connection));
}

/** Creates an empty set of connections. */
export function createConnections(limits: ConnectionLimits): Connections {
  const connections = new Map<Socket, Connection>();
  const byAddress = new Map<string, Set<Connection>>();
  let second = 0;

  const forget = (connection: Connection): void => {
    if (!connections.delete(connection.socket)) return;
    const group = byAddress.get(connection.address);
    group?.delete(connection);
    if (group?.size === 0) byAddress.delete(connection.address);
  };
  const close = (connection: Connection): void => {
    forget(connection);
    connection.socket.destroy();
  };

  /** The connections of which one must be closed before a new one is added; undefined if there is room. */
  const crowdFor = (address: string): Iterable<Connection> | undefined => {
    const own = byAddress.get(address);
    if (own !== undefined && own.size >= (limits.perAddress?.inAll ?? limits.inAll)) return own;
    if (connections.size < limits.inAll) return undefined;
    return limits.perAddress === undefined ? connections.values() : largest(byAddress.values());
  };

  return {
    open(socket) {
      const address = addressOf(socket);
      const crowd = crowdFor(address);
      const victim = crowd === undefined ? undefined : leastMissed(crowd);
      if (crowd !== undefined && victim === undefined) {
        socket.destroy();
        return;
      }
      if (victim !== undefined) close(victim);
      const connection = { socket, address, response: undefined, held: 0, usedAt: second };
      connections.set(socket, connection);
      const group = byAddress.get(address);
      if (group === undefined) byAddress.set(address, new Set([connection]));
      else group.add(connection);
      socket.once("close", () => forget(connection));
    },
    of: (socket) => connections.get(socket),
    all: () => connections.values(),
    count: () => connections.size,
    tidy() {
      second += 1;
      if (limits.perAddress === undefined) return;
      for (const group of byAddress.values()) {
        let beyond = group.size - limits.perAddress.idle;
        for (const connection of beyond > 0 ? group : []) {
          if (beyond <= 0) break;
          if (second - connection.usedAt <= restSeconds || !isUnused(connection)) continue;
          close(connection);
          beyond -= 1;
        }
      }
    },
    second: () => second,
  };
}

/** Whether a close interrupts nothing. */
export function isUnused(connection: Connection): boolean {
  return rankOf(connection) <= states.indexOf("idle");
}

function largest(groups: Iterable<Set<Connection>>): Set<Connection> {
  let found = new Set<Connection>();
  for (const group of groups) if (group.size > found.size) found = group;
  return found;
}

function addressOf({ remoteAddress }: Socket): string {
  return remoteAddress === undefined
    ? "unknown"
    : ipKeyGenerator(remoteAddress.replace(/^::ffff:/, ""));
}
