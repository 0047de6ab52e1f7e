// In which lane of an endpoint an event is delivered.

/** What the rule reads of an event. */
type KeyedEvent = { readonly type: string; readonly data: Readonly<Record<string, unknown>> };

/**
 * What an event is about: its order if it is an order's, else its SKU. Events about the same thing are delivered in their
 * order. An event about neither has the empty key.
 */
export function laneKeyOf({ type, data }: KeyedEvent): string {
  const key = type.startsWith("order.") ? data["orderId"] : data["sku"];
  return typeof key === "string" ? key : "";
}

/** The lane of a key, from 0 to `lanes` - 1. It is the same in each process and version. */
export function laneOf(key: string, lanes: number): number {
  // FNV-1a, 32 bits. Its low bits are even enough for a few lanes.
  let hash = 0x81_1c_9d_c5;
  for (let index = 0; index < key.length; index += 1) {
    hash = Math.imul(hash ^ key.charCodeAt(index), 0x01_00_01_93);
  }
  return (hash >>> 0) % lanes;
}
