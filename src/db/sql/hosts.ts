// Several servers in one DATABASE_URL, as in `postgres://user:password@a:5432,b:5433/database`.

/** The most servers in one address. Each new search for the primary asks all of them. */
export const hostsMax = 8;

/** The values of `target_session_attrs` by which the address asks for a server that takes writes. */
const wanted = ["read-write", "primary"];

/** One address for each server of an address. They differ in host and port alone. */
export function addressesOf(url: string): [string, ...string[]] {
  const [, start = "", login = "", hosts = "", rest = ""] =
    /^([^/?#]*\/\/)((?:[^/?#]*@)?)([^/?#@]*)(.*)$/s.exec(url) ?? [];
  const [first = "", ...others] = hosts.split(",").map((host) => `${start}${login}${host}${rest}`);
  return others.length === 0 ? [url] : [first, ...others];
}

/**
 * What is wrong with the list of servers in an address, as a sentence that begins with what was expected; undefined if
 * nothing is, or if it names one server.
 */
export function hostsProblem(url: string): string | undefined {
  const query = new URLSearchParams(url.split("?")[1]);
  if (query.get("host")?.includes(",")) {
    return "expected several hosts before the database's name, as in postgres://user:password@a:5432,b:5433/database";
  }
  const [, login = "", hosts = ""] = /^[^/?#]*\/\/(?:([^/?#]*)@)?([^/?#@]*)/.exec(url) ?? [];
  if (/@.*,/s.test(login)) {
    return "expected the login once, before the first host, with @ in it written as %40, as in postgres://user:password@a:5432,b:5433/database";
  }
  // A host that begins with %2F is the folder of a Unix socket.
  if (hosts.split(",").some((host) => /^(?!%2f).*%2c/i.test(host))) {
    return "expected commas between hosts as they are; got %2C";
  }
  const addresses = addressesOf(url);
  if (addresses.length === 1) return undefined;
  if (addresses.length > hostsMax) {
    return `expected at most ${hostsMax} hosts; got ${addresses.length}`;
  }
  if (addresses.some((address) => /^[^/]*\/\/(?:[^/?#]*@)?(?::\d*)?(?:[/?#]|$)/.test(address))) {
    return "expected a host before and after each comma, as in postgres://user:password@a:5432,b:5433/database";
  }
  if (query.has("host") || query.has("port")) {
    return "expected no host and no port after the ?, because the address names several hosts";
  }
  const attributes = query.get("target_session_attrs");
  if (attributes !== null && !wanted.includes(attributes)) {
    return `expected a target_session_attrs of ${wanted.join(" or ")}, because Tallyman writes`;
  }
  return undefined;
}
