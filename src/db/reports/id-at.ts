// Finds orders of a period by their ids. These are UUIDs of version 7, which begin with their time (RFC 9562). So a
// period is a range of ids, and no index on the time is needed.

/** The greatest time that an id can have. */
const lastTime = 2 ** 48 - 1;

/**
 * The lowest id that an order of this moment can have. All later orders have greater ids. A moment that no id can have
 * counts as the nearest one.
 */
export function idAt(moment: Date): string {
  const stamp = Math.min(Math.max(moment.getTime(), 0), lastTime).toString(16).padStart(12, "0");
  return `${stamp.slice(0, 8)}-${stamp.slice(8)}-0000-0000-000000000000`;
}
