// Holds endpoints to addresses that are allowed: when a URL is saved, so that people learn it at once, and again at each
// connection, because what a name leads to can change in between. Both ask here.

import { lookup, type LookupAddress } from "node:dns";
import { isIP, type LookupFunction } from "node:net";
import { promisify } from "node:util";
import { DeadlineError, withDeadline } from "../flow/deadline.ts";
import { addressRefusal, type AllowedAddresses, type Scheme } from "./addresses.ts";

/** Looks up all addresses of a host's name. */
export type Resolve = (host: string) => Promise<readonly LookupAddress[]>;

/** An address of a host is refused. The message is a sentence for people. */
export class AddressRefusedError extends Error {
  override readonly name = "AddressRefusedError";
}

/** What stands between endpoints' URLs and connections. */
export type AddressGuard = {
  /** Why a URL can't be an endpoint's, as a sentence; null if it can. It looks up the host, for at most a few seconds. */
  urlRefusal(url: string): Promise<string | null>;
  /**
   * The same as far as it can be told without a lookup: null if the host is a name. If it is an IP address, Node connects
   * to it without asking a `LookupFunction`.
   */
  literalRefusal(url: URL): string | null;
  /** Looks up hosts for connections. It fails with an `AddressRefusedError` if one of a host's addresses is refused. */
  lookupFor(scheme: Scheme): LookupFunction;
};

/** What a guard works with. */
export type AddressGuardOptions = {
  readonly allowed: AllowedAddresses;
  /** How names are looked up; as the operating system does if left out. */
  readonly resolve?: Resolve;
  /** How long the lookup for a URL that is saved may take. */
  readonly lookupMs?: number;
};

const lookUp = promisify(lookup);
const resolveBySystem: Resolve = (host) => lookUp(host, { all: true });

/** Creates a guard. */
export function createAddressGuard(options: AddressGuardOptions): AddressGuard {
  const { allowed, resolve = resolveBySystem, lookupMs = 3_000 } = options;

  const refusalOf = (host: string, scheme: Scheme, ips: readonly string[]): string | null =>
    ips.map((ip) => addressRefusal({ host, ip, scheme }, allowed)).find((why) => why !== null) ??
    null;

  const findRefusal = async (host: string, scheme: Scheme): Promise<string | null> => {
    try {
      const found = await withDeadline(resolve(host), lookupMs, `the lookup of ${host}`);
      const ips = found.map(({ address }) => address);
      return ips.length === 0 ? noAddress(host) : refusalOf(host, scheme, ips);
    } catch (error) {
      return error instanceof DeadlineError
        ? `Expected a host whose address can be looked up; the lookup of ${host} took longer than ${lookupMs / 1_000} s. Try it again.`
        : noAddress(host);
    }
  };

  const literalRefusal = (url: URL): string | null => {
    const ip = literalOf(url);
    const scheme = schemeOf(url);
    if (scheme === null) return noScheme;
    return ip === null ? null : refusalOf(url.hostname, scheme, [ip]);
  };

  return {
    literalRefusal,
    async urlRefusal(text) {
      const url = URL.parse(text);
      const scheme = url === null ? null : schemeOf(url);
      if (url === null || scheme === null) return noScheme;
      if (url.username !== "" || url.password !== "") {
        return "Expected an address without user and password, because other people see it here.";
      }
      return literalOf(url) === null ? findRefusal(url.hostname, scheme) : literalRefusal(url);
    },
    lookupFor: (scheme) => (host, lookupOptions, callback) => {
      const report = (found: readonly LookupAddress[]): void => {
        const [first] = found;
        const ips = found.map(({ address }) => address);
        const refusal = refusalOf(host, scheme, ips);
        if (refusal !== null) callback(new AddressRefusedError(refusal), "");
        else if (first === undefined) callback(new AddressRefusedError(noAddress(host)), "");
        else if (lookupOptions.all === true) callback(null, [...found]);
        else callback(null, first.address, first.family);
      };
      const fail = (error: NodeJS.ErrnoException): void => callback(error, "");
      resolve(host).then(report, fail);
    },
  };
}

const noScheme = "Expected an address that begins with https://.";

function noAddress(host: string): string {
  return `Expected a host that can be found; ${host} has no address. Check its spelling.`;
}

function schemeOf({ protocol }: URL): Scheme | null {
  if (protocol === "https:") return "https";
  return protocol === "http:" ? "http" : null;
}

/** The IP address that is a URL's host. `URL` has written short, octal and hexadecimal forms as four decimals already. */
function literalOf({ hostname }: URL): string | null {
  const bare = hostname.replace(/^\[(.*)\]$/, "$1");
  return isIP(bare) === 0 ? null : bare;
}
