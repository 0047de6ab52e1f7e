// Ids of orders: UUIDs of version 7 (RFC 9562) that strictly increase within a process. Their order is the order of
// acceptance, which decides who gets the last unit.

import { randomBytes } from "node:crypto";

/** Twelve bits count the ids of one millisecond. */
const perMillisecond = 0x1000;

/** Creates a function that returns the next id. `now` returns milliseconds since 1970. */
export function createOrderIds(now: () => number = Date.now): () => string {
  let time = -1;
  let prefix = "";
  let count = 0;
  let random = "";
  let used = 0;

  const startMillisecond = (of: number): void => {
    time = of;
    const stamp = time.toString(16).padStart(12, "0");
    prefix = `${stamp.slice(0, 8)}-${stamp.slice(8)}-7`;
    count = 0;
  };

  /** The last two groups: random but for the variant, whose two bits are 10 by RFC 9562. */
  const randomGroups = (): string => {
    if (used === random.length) {
      const bytes = randomBytes(8 * 128);
      for (let at = 0; at < bytes.length; at += 8) bytes[at] = ((bytes[at] ?? 0) & 0x3f) | 0x80;
      random = bytes.toString("hex");
      used = 0;
    }
    used += 16;
    return `${random.slice(used - 16, used - 12)}-${random.slice(used - 12, used)}`;
  };

  return () => {
    count += 1;
    const millisecond = now();
    if (millisecond > time) startMillisecond(millisecond);
    // The counter is full, perhaps because the clock went back: use the next millisecond after the last one.
    else if (count === perMillisecond) startMillisecond(time + 1);
    return `${prefix}${count.toString(16).padStart(3, "0")}-${randomGroups()}`;
  };
}
