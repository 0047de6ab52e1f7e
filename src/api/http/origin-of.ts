// Where a request comes from.

import type { Request } from "express";
import { ipKeyGenerator } from "express-rate-limit";

/** The client's address. In IPv6 a client has many addresses, so it is the address of the network. */
export function originOf({ ip }: Pick<Request, "ip">): string {
  return ip === undefined ? "unknown" : ipKeyGenerator(ip);
}
