// The connections of one server. A connection that is not in use must not keep anybody else out, so it is closed if a
// newcomer needs its room; and one address alone can't take all the room there is.

import type { ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { ipKeyGenerator } from "express-rate-limit";

/** What is known of an open connection. */
export type Connection = {
  readonly socket: Socket;
  /** Whose it is; one network's addresses count as one in IPv6, where anybody has many. */
  readonly address: string;
  /** The answer that was begun last. */
  response: ServerResponse | undefined;
  /** Requests that were sent before the last answer was taken, and wait for it. */
  held: number;
  /** The second in which it was last used. */
  usedAt: number;
};

/** How many connections there may be. */
export type ConnectionLimits = {
  readonly inAll: number;
  /** Of one address. Undefined if all clients come through a proxy, and so have its address. */
  readonly perAddress: { readonly inAll: number; readonly idle: number } | undefined;
};

/** The open connections of one server. */
export type Connections = {
  /** Takes up a new connection, or closes it if nobody can make room. */
  open(socket: Socket): void;
  of(socket: Socket): Connection | undefined;
  all(): Iterable<Connection>;
  count(): number;
  /** To be called once a second: closes what an address has beyond its share and does not use. */
  tidy(): void;
  /** The second that it is, counted by `tidy`. Reading a clock for each request would cost more. */
  second(): number;
};

/** What a connection does, from the one whose end disturbs least. */
const states = ["silent", "idle", "unread", "working"] as const;

/** How long a connection may rest before it can be called idle, in seconds. */
const restSeconds = 2;

/**
 * What a connection does: it has never asked anything, it waits for its next request, it does not take its answer,
 * or its request is worked on.
 */
export function stateOf({ response }: Pick<Connection, "response">): (typeof states)[number] {
  if (response === undefined) return "silent";
  if (response.writableFinished || response.destroyed) return "idle";
  return response.writableEnded ? "unread" : "working";
}

/** The connection that is missed most easily, the oldest of several; none if all are being worked for. */
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

  /** Those among whom somebody has to make room for a newcomer; none if there is room. */
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

/** Whether closing a connection interrupts nothing. */
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
