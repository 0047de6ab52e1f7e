// Ids of orders: UUIDs of version 7 that rise strictly within a process, because the order of ids is the
// order of acceptance, and that decides who gets the last unit.

import { randomBytes } from "node:crypto";

/** Twelve bits count the ids of one millisecond. */
const perMillisecond = 0x1000;

/** Creates a source of ids. `now` gives milliseconds since 1970. */
export function createOrderIds(now: () => number = Date.now): () => string {
  let time = 0;
  let count = 0;
  let random = "";
  let used = 0;
  const randomHex = (digits: number): string => {
    if (used + digits > random.length) {
      random = randomBytes(1024).toString("hex");
      used = 0;
    }
    used += digits;
    return random.slice(used - digits, used);
  };

  return () => {
    count += 1;
    if (now() > time) {
      time = now();
      count = 0;
    } else if (count === perMillisecond) {
      // More than the counter holds, or the clock went back: time goes on from where it was.
      time += 1;
      count = 0;
    }
    const stamp = time.toString(16).padStart(12, "0");
    const counter = count.toString(16).padStart(3, "0");
    // RFC 9562: the variant's two bits are 10, so the first digit of the fourth group is 8, 9, a or b.
    const variant = "89ab".charAt(Number.parseInt(randomHex(1), 16) & 3);
    return `${stamp.slice(0, 8)}-${stamp.slice(8)}-7${counter}-${variant}${randomHex(3)}-${randomHex(12)}`;
  };
}
