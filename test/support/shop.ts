// A small shop for tests in the browser: products of every kind, and a day's orders.

import type { TestService } from "./service.ts";

/** Sends a request and fails where it is refused. */
async function done(
  service: TestService,
  method: string,
  path: string,
  body?: unknown,
  headers?: Readonly<Record<string, string>>,
): Promise<unknown> {
  const answer = await service.send(method, path, body, headers);
  if (answer.status >= 400) {
    throw new Error(`${method} ${path} was answered with ${JSON.stringify(answer.body)}`);
  }
  return answer.body;
}

/** Creates a product. */
export async function createProduct(
  service: TestService,
  sku: string,
  product: object,
): Promise<void> {
  await done(service, "PUT", `/products/${encodeURIComponent(sku)}`, product);
}

/** Places an order and waits for its decision. Resolves with the status of the answer: 201 or 409. */
export async function placeOrder(
  service: TestService,
  reference: string,
  lines: readonly { readonly sku: string; readonly quantity: number }[],
): Promise<number> {
  const prefer = { prefer: "wait=10" };
  return (await service.send("POST", "/orders", { reference, lines }, prefer)).status;
}

/** Stocks the shop and takes a day's orders, so that no page of the app is empty. */
export async function stockShop(service: TestService): Promise<void> {
  await createProduct(service, "MUG", {
    name: "Stoneware mug",
    unitsInStock: 40,
    stockAlertThreshold: 5,
    variants: [
      { sku: "MUG-SEA", options: { colour: "sea" }, unitsInStock: 8, stockAlertThreshold: 2 },
      { sku: "MUG-SAND", options: { colour: "sand" } },
    ],
  });
  await createProduct(service, "TEA/EARL", {
    name: "Earl Grey, loose leaf",
    unitsInStock: 30,
    stockAlertThreshold: 10,
  });
  await createProduct(service, "KETTLE", {
    name: "Gooseneck kettle",
    unitsInStock: 2,
    allowPreOrder: true,
  });
  await createProduct(service, "TIN", {
    name: "Spring tin, numbered edition",
    unitsInStock: 3,
    hideIfOutOfStock: true,
  });
  await createProduct(service, "WRAP", { name: "Gift wrapping", type: "service" });
  await placeOrder(service, "W-1", [{ sku: "MUG-SEA", quantity: 7 }]);
  await placeOrder(service, "W-2", [{ sku: "KETTLE", quantity: 5 }]);
  await placeOrder(service, "W-3", [{ sku: "TIN", quantity: 3 }]);
  await placeOrder(service, "W-4", [{ sku: "TIN", quantity: 1 }]);
  await placeOrder(service, "W-5", [
    { sku: "TEA/EARL", quantity: 22 },
    { sku: "WRAP", quantity: 1 },
  ]);
  for (const reference of ["DN-4711", "DN-4712"]) {
    const lines = [{ sku: "MUG", units: 6 }];
    await done(service, "POST", "/receipts", { reference, supplier: "Potters Ltd", lines });
  }
  for (const [reference, sku, units] of [
    ["PO-1207", "TEA/EARL", 60],
    ["PO-1208", "KETTLE", 12],
  ] as const) {
    const expectedAt = new Date(Date.now() + 7 * 86_400_000).toISOString();
    const delivery = { reference, supplier: "Potters Ltd", expectedAt, lines: [{ sku, units }] };
    await done(service, "POST", "/expected-deliveries", delivery);
  }
}

/** The id of the order with this reference. */
export async function orderId(service: TestService, reference: string): Promise<string> {
  const [row] = await service.sql<{ id: string }>(`select id from "order" where reference = $1`, [
    reference,
  ]);
  if (row === undefined) throw new Error(`There is no order ${reference}.`);
  return row.id;
}
