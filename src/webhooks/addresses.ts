// Which IP addresses an endpoint may have. People who manage webhooks choose addresses, so without this rule they could make
// the service post into its own network, which they may not reach themselves.

import { isIP } from "node:net";
import ipaddr from "ipaddr.js";

type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** A range of addresses: those that begin with the same bits. */
type Network = { readonly address: Address; readonly bits: number };

/** The addresses inside the network that endpoints may have. */
export type AllowedAddresses = readonly Network[];

/** The setting's text is no list of addresses. */
export class AllowedAddressesError extends Error {
  override readonly name = "AllowedAddressesError";
}

/**
 * Reads a list of addresses and CIDR ranges with commas between them, such as `127.0.0.1, 10.20.0.0/16, fd00::/8`. An empty
 * text allows none. Throws an `AllowedAddressesError` that says which entry is wrong.
 */
export function readAllowedAddresses(text: string): AllowedAddresses {
  if (text.trim() === "") return [];
  return text.split(",").map((entry) => readNetwork(entry.trim()));
}

function readNetwork(entry: string): Network {
  const [base = "", bits, ...rest] = entry.split("/");
  const family = isIP(base);
  if (family !== 0 && rest.length === 0 && isBits(bits, family === 4 ? 32 : 128)) {
    const address = ipaddr.parse(base);
    return { address, bits: bits === undefined ? address.toByteArray().length * 8 : Number(bits) };
  }
  throw new AllowedAddressesError(
    `expected IP addresses or ranges with commas between them, such as 127.0.0.1,10.20.0.0/16; ${JSON.stringify(entry)} is none`,
  );
}

function isBits(text: string | undefined, bitsMax: number): boolean {
  return text === undefined || (/^\d{1,3}$/.test(text) && Number(text) <= bitsMax);
}

/** What a URL says about the connection. */
export type Scheme = "https" | "http";

/**
 * Why no message may go to the IP address that `host` leads to, as a sentence; null if it may. Addresses of the internet
 * may have https, and those that are allowed may have either scheme. The sentence does not show the IP address: names and
 * addresses inside the network are none of a stranger's business.
 */
export function addressRefusal(
  { host, ip, scheme }: { readonly host: string; readonly ip: string; readonly scheme: Scheme },
  allowed: AllowedAddresses,
): string | null {
  const address = ipaddr.parse(ip);
  const target = targetOf(address);
  if (allowed.some((network) => isIn(address, network) || isIn(target, network))) return null;
  const place = insidePlace(target);
  if (place !== null) {
    return `Expected an address on the internet; ${host} leads to ${place}. Use another one, or have this one added to the setting WEBHOOK_ALLOWED_ADDRESSES.`;
  }
  return scheme === "https"
    ? null
    : "Expected an address that begins with https://; http:// is only for addresses that the setting WEBHOOK_ALLOWED_ADDRESSES lists.";
}

function isIn(address: Address, { address: base, bits }: Network): boolean {
  return address.kind() === base.kind() && address.match(base, bits);
}

/** The IPv4 address that an IPv6 one stands for: an IPv4-mapped one, or one of a NAT64 with the well-known prefix. */
function targetOf(address: Address): Address {
  if (address.kind() === "ipv4") return address;
  const bytes = address.toByteArray();
  const standsForIpv4 = ipv4Prefixes.some((prefix) => isIn(address, prefix));
  return standsForIpv4 ? ipaddr.fromByteArray(bytes.slice(12)) : address;
}

const ipv4Prefixes: readonly Network[] = ["::ffff:0:0/96", "64:ff9b::/96"].map(readNetwork);

/** All addresses that IPv6 has given out so far. What is outside is local, special or nobody's. */
const ipv6Internet = readNetwork("2000::/3");

const privateNetwork = "a private network";

/** Words for the ranges by which people reach their own network. Other ranges are just not on the internet. */
const places: ReadonlyMap<string, string> = new Map([
  ["loopback", "the machine that Tallyman runs on"],
  ["unspecified", "the machine that Tallyman runs on"],
  ["private", privateNetwork],
  ["uniqueLocal", privateNetwork],
  ["deprecatedSiteLocal", privateNetwork],
  ["carrierGradeNat", privateNetwork],
  ["linkLocal", privateNetwork],
]);

/**
 * What an address that is not on the internet leads to; null if it is on the internet. 6to4 and Teredo, which can lead to
 * any IPv4 address, are among the ranges that ipaddr.js does not call unicast.
 */
function insidePlace(address: Address): string | null {
  const range: string = address.range();
  const isOnInternet =
    range === "unicast" && (address.kind() === "ipv4" || isIn(address, ipv6Internet));
  return isOnInternet ? null : (places.get(range) ?? "an address that is not on the internet");
}
