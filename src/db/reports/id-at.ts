// Finds orders of a period by their ids. These are UUIDs of version 7, which begin with their time (RFC 9562). So a
// period is a range of ids, and no index on the time is needed.

/** The lowest id that an order of this moment can have. All later orders have greater ids. */
export function idAt(moment: Date): string {
  const stamp = moment.getTime().toString(16).padStart(12, "0");
  return `${stamp.slice(0, 8)}-${stamp.slice(8)}-0000-0000-000000000000`;
}
