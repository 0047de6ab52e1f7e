// The address of Redis, as the settings REDIS_URL and REDIS_CLUSTER_NODES give it.

import { isDecodable } from "../db/sql/store-address.ts";

/** One server's address, or some nodes of a cluster with the login for all of them. */
export type RedisAddress =
  | { readonly url: string }
  | {
      readonly nodes: readonly { readonly host: string; readonly port: number }[];
      readonly username?: string;
      readonly password?: string;
      /** Whether connections to the nodes are encrypted. */
      readonly tls?: boolean;
    };

/** The address that the settings give; undefined if the queues are on PostgreSQL. */
export function redisAddressOf(settings: {
  readonly REDIS_URL?: string | undefined;
  readonly REDIS_CLUSTER_NODES?: string | undefined;
}): RedisAddress | undefined {
  const { REDIS_URL, REDIS_CLUSTER_NODES } = settings;
  if (REDIS_CLUSTER_NODES !== undefined) return readClusterNodes(REDIS_CLUSTER_NODES);
  return REDIS_URL === undefined ? undefined : { url: REDIS_URL };
}

/** A list of nodes is not valid. The message begins with what was expected. */
export class ClusterNodesError extends Error {
  override readonly name = "ClusterNodesError";
}

/**
 * Reads a list of nodes separated by commas, each `host:port` or `rediss://user:password@host:port`. All nodes of a
 * cluster have the same login, and either all or none are encrypted, so the entries must agree in both. Throws a
 * `ClusterNodesError` if the list is empty, an entry has another shape, or the entries differ.
 */
export function readClusterNodes(list: string): RedisAddress & { readonly nodes: object } {
  const addresses = list.split(",").map((entry) => parseNode(entry.trim()));
  const [first] = addresses;
  if (first === undefined) throw new ClusterNodesError("expected a node");
  const { protocol, username, password } = first;
  const agree = addresses.every(
    (other) =>
      other.protocol === protocol && other.username === username && other.password === password,
  );
  if (!agree) {
    throw new ClusterNodesError("expected the same protocol, user and password for every node");
  }
  return {
    nodes: addresses.map(({ hostname, port }) => ({
      host: hostname.replaceAll(/^\[|\]$/g, ""),
      port: Number(port),
    })),
    ...(username === "" ? {} : { username: decodeURIComponent(username) }),
    ...(password === "" ? {} : { password: decodeURIComponent(password) }),
    tls: protocol === "rediss:",
  };
}

function parseNode(entry: string): URL {
  const node = URL.parse(/^rediss?:\/\//i.test(entry) ? entry : `redis://${entry}`);
  const isNode =
    node !== null &&
    node.hostname !== "" &&
    node.port !== "" &&
    ["", "/"].includes(node.pathname) &&
    node.search === "" &&
    !/[\s#]/.test(entry) &&
    isDecodable(entry);
  if (isNode) return node;
  throw new ClusterNodesError(
    "expected host:port or rediss://user:password@host:port, several separated by commas. In a password, percent-encode @ as %40, : as %3A, / as %2F, ? as %3F, # as %23, % as %25 and , as %2C",
  );
}
