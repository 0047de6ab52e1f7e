// What each client is told: where the service is, and what to order.

function read(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`Expected ${name} in the environment; got none.`);
  return value;
}

export const url = read("TALLYMAN_URL");
export const key = read("TALLYMAN_KEY");
export const order = {
  reference: read("ORDER_REFERENCE"),
  lines: [{ sku: read("ORDER_SKU"), quantity: 2 }],
};
/** The answer comes when the order is decided. */
export const prefer = "wait=20";

/** Tells the answer to whoever started this program. */
export function tell(status: number, body: unknown): void {
  process.stdout.write(JSON.stringify({ status, body }));
}
