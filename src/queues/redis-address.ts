// Where Redis is, as the settings REDIS_URL and REDIS_CLUSTER_NODES say it.

import { isDecodable } from "../db/store-address.ts";

/** One server's address, or some nodes of a cluster with the login that all of them take. */
export type RedisAddress =
  | { readonly url: string }
  | {
      readonly nodes: readonly { readonly host: string; readonly port: number }[];
      readonly username?: string;
      readonly password?: string;
      /** Whether connections to the nodes are encrypted. */
      readonly tls?: boolean;
    };

/** A list of nodes that can't be used. The message begins with what was expected. */
export class ClusterNodesError extends Error {
  override readonly name = "ClusterNodesError";
}

/**
 * Reads a list of nodes, each `host:port` or `rediss://user:password@host:port`. All nodes of a cluster take the same
 * login, and are encrypted or not, so the entries must agree in both. Throws a `ClusterNodesError`.
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
