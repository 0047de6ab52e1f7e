// Ids of orders are UUIDs of version 7, which begin with their time. A period of time is therefore a range of
// ids, and the primary key finds it without an index on the time.

/** The lowest id that an order of this moment or a later one can have. */
export function idAt(moment: Date): string {
  const stamp = moment.getTime().toString(16).padStart(12, "0");
  return `${stamp.slice(0, 8)}-${stamp.slice(8)}-0000-0000-000000000000`;
}
