import { randomUUID } from "node:crypto";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { startTestService, type TestService } from "../support/service.ts";

const mediaTypes = z.record(z.string(), z.looseObject({ schema: z.looseObject({}) }));
const document = z.looseObject({
  components: z.looseObject({}),
  paths: z.record(
    z.string(),
    z.record(
      z.string(),
      z.looseObject({
        responses: z.record(z.string(), z.looseObject({ content: mediaTypes.optional() })),
      }),
    ),
  ),
});

let service: TestService;
let described: z.output<typeof document>;
const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });

beforeAll(async () => {
  service = await startTestService({
    environment: { WEBHOOK_ALLOWED_ADDRESSES: "127.0.0.1" },
  });
  described = document.parse(await (await fetch(`${service.url}/openapi.json`)).json());
});
afterAll(() => service.stop());

/** Sends a request and holds its answer against the OpenAPI document. */
async function sendAndCheck(
  method: string,
  template: string,
  parameters: Readonly<Record<string, string | undefined>>,
  status: number,
  body?: unknown,
  headers?: Readonly<Record<string, string>>,
): Promise<unknown> {
  const path = template.replaceAll(/\{(\w+)\}/g, (_all, name: string) =>
    encodeURIComponent(parameters[name] ?? ""),
  );
  const answer = await service.send(method, path, body, headers);
  expect(answer.status, `${method} ${path}`).toBe(status);
  const [documentedPath = ""] = template.split("?");
  const response =
    described.paths[`/api/v1${documentedPath}`]?.[method.toLowerCase()]?.responses[`${status}`];
  expect(response, `${method} ${template} documents ${status}`).toBeDefined();
  const type = answer.headers.get("content-type")?.split(";")[0] ?? "";
  const schema = response?.content?.[type]?.schema;
  if (answer.body === undefined) return undefined;
  expect(schema, `${method} ${template} documents ${status} as ${type}`).toBeDefined();
  const validate = ajv.compile({ ...schema, components: described.components });
  validate(answer.body);
  expect(validate.errors ?? [], `${method} ${path}`).toEqual([]);
  return answer.body;
}

describe("the OpenAPI document", () => {
  it("describes the answers that a store's day brings", async () => {
    const sku = `MUG ${randomUUID()}`;
    const product = { name: "Mug", unitsInStock: 5, stockAlertThreshold: 3 };
    await sendAndCheck("PUT", "/products/{sku}", { sku }, 201, product);
    await sendAndCheck("PUT", "/products/{sku}", { sku }, 200, { ...product, name: "Big mug" });
    await sendAndCheck("GET", "/products/{sku}", { sku }, 200);
    await sendAndCheck("GET", "/products/{sku}", { sku: "none" }, 404);
    await sendAndCheck("GET", "/products", {}, 200);
    await sendAndCheck("GET", "/product-types", {}, 200);
    await sendAndCheck("GET", "/stock/{sku}", { sku }, 200);
    await sendAndCheck("GET", "/products/{sku}/outlook", { sku }, 200);
    await sendAndCheck("GET", "/running-out", {}, 200);
    await sendAndCheck("GET", "/products/{sku}/outlook", { sku: "none" }, 404);
    await sendAndCheck("GET", "/pre-orders", {}, 200);
    await sendAndCheck("GET", "/pre-orders/{sku}", { sku }, 200);
    await sendAndCheck("GET", "/pre-orders/{sku}", { sku: "none" }, 404);
    await sendAndCheck("GET", "/orders?waiting=true", {}, 200);

    const order = { reference: randomUUID(), lines: [{ sku, quantity: 2 }] };
    const wait = { prefer: "wait=20" };
    const confirmed = await sendAndCheck("POST", "/orders", {}, 201, order, wait);
    const { id } = z.looseObject({ id: z.string() }).parse(confirmed);
    await sendAndCheck("POST", "/orders", {}, 200, order);
    const another = { ...order, reference: randomUUID() };
    await sendAndCheck("POST", "/orders", {}, 409, another, wait);
    await sendAndCheck("POST", "/orders", {}, 422, { reference: "x" });
    const bulk = { orders: [{ ...order, reference: randomUUID() }, {}] };
    await sendAndCheck("POST", "/orders/bulk", {}, 200, bulk);
    await sendAndCheck("GET", "/orders/{id}", { id }, 200);
    await sendAndCheck("GET", "/orders", {}, 200);
    await sendAndCheck("GET", "/orders?status=awaiting-payment", {}, 200);
    await sendAndCheck("POST", "/orders/{id}/pay", { id }, 200, { note: "card" });
    await sendAndCheck("POST", "/orders/{id}/pay", { id: randomUUID() }, 404);
    await sendAndCheck("POST", "/orders/{id}/cancel", { id }, 200, { note: "by phone" });
    const restock = { lines: [{ sku, quantity: 1 }] };
    await sendAndCheck("POST", "/orders/{id}/restock", { id }, 200, restock);
    await sendAndCheck("POST", "/orders/{id}/refund", { id }, 409);

    await sendAndCheck("POST", "/stock/{sku}/adjustments", { sku }, 201, { delta: 5 });
    const stale = { set: 1, expectedUnits: 1_000 };
    await sendAndCheck("POST", "/stock/{sku}/adjustments", { sku }, 409, stale);
    const counts = {
      adjustments: [
        { sku, delta: 1 },
        { sku: "NO-SUCH", set: 1 },
      ],
    };
    await sendAndCheck("POST", "/stock/adjustments", {}, 200, counts);
    const products = [
      { sku: `CUP ${randomUUID()}`, ...product },
      { sku, name: "Mug", type: "?" },
    ];
    await sendAndCheck("POST", "/products/bulk", {}, 200, { products });
    await sendAndCheck("POST", "/products/bulk", {}, 422, { atomic: true, products });
    const made = await sendAndCheck("POST", "/stock/{sku}/adjustments", { sku }, 201, { set: 9 });
    const { movement } = z.looseObject({ movement: z.object({ id: z.string() }) }).parse(made);
    const undo = ["POST", "/stock/{sku}/movements/{id}/undo", { sku, id: movement.id }] as const;
    await sendAndCheck(...undo, 201, { note: "Typed wrong" });
    await sendAndCheck(...undo, 409, {});
    await sendAndCheck("GET", "/stock/{sku}/movements", { sku }, 200);
    const receipt = { reference: randomUUID(), lines: [{ sku, units: 3 }], note: "Two boxes" };
    await sendAndCheck("POST", "/receipts", {}, 201, receipt);
    await sendAndCheck("POST", "/receipts", {}, 200, receipt);
    await sendAndCheck("POST", "/receipts", {}, 409, { ...receipt, lines: [{ sku, units: 4 }] });
    await sendAndCheck("POST", "/receipts", {}, 422, { reference: randomUUID(), csv: "sku" });
    await sendAndCheck("GET", "/receipts/{reference}", { reference: receipt.reference }, 200);
    await sendAndCheck("GET", "/receipts/{reference}", { reference: "none" }, 404);
    await sendAndCheck("GET", "/receipts", {}, 200);

    await sendAndCheck("DELETE", "/customers/{customer}", { customer: "ada@example.com" }, 200);
    const url = "http://127.0.0.1:9/hook";
    const webhook = await sendAndCheck("POST", "/webhooks", {}, 201, { url, from: "0" });
    const hook = z.object({ id: z.string() }).parse(webhook);
    await sendAndCheck("POST", "/webhooks", {}, 410, { url, from: "999999999999" });
    await sendAndCheck("POST", "/webhooks", {}, 422, { url: "https://10.0.0.1/" });
    await sendAndCheck("GET", "/webhooks", {}, 200);
    await sendAndCheck("GET", "/webhooks/{id}", hook, 200);
    await sendAndCheck("PATCH", "/webhooks/{id}", hook, 200, { types: ["stock.low"] });
    await sendAndCheck("POST", "/webhooks/{id}/pause", hook, 200);
    await sendAndCheck("POST", "/webhooks/{id}/resume", hook, 200);
    await sendAndCheck("POST", "/webhooks/{id}/replay", hook, 200, { from: "0" });
    await sendAndCheck("POST", "/webhooks/{id}/rotate-secret", hook, 200);
    await sendAndCheck("POST", "/webhooks/{id}/test", hook, 200);
    await sendAndCheck("GET", "/webhooks/{id}/attempts", hook, 200);
    await sendAndCheck("POST", "/webhooks/{id}/disable", hook, 200);
    await sendAndCheck("POST", "/webhooks/{id}/replay", hook, 409, { from: "0" });
    await sendAndCheck("DELETE", "/webhooks/{id}", hook, 204);
    await sendAndCheck("GET", "/webhooks/{id}", hook, 404);

    const expectedAt = "2030-12-03T12:00:00Z";
    const delivery = { reference: randomUUID(), expectedAt, lines: [{ sku, units: 6 }] };
    const named = { reference: delivery.reference };
    const deliveryPath = "/expected-deliveries/{reference}";
    await sendAndCheck("POST", "/expected-deliveries", {}, 201, delivery);
    await sendAndCheck("POST", "/expected-deliveries", {}, 200, delivery);
    const other = { ...delivery, lines: [{ sku, units: 7 }] };
    await sendAndCheck("POST", "/expected-deliveries", {}, 409, other);
    await sendAndCheck("POST", "/expected-deliveries", {}, 422, { reference: randomUUID() });
    await sendAndCheck("GET", "/expected-deliveries", {}, 200);
    await sendAndCheck("PATCH", deliveryPath, named, 200, { note: "By train" });
    const part = { reference: randomUUID(), expectedDelivery: delivery.reference };
    const arrived = { ...part, lines: [{ sku, units: 2 }] };
    await sendAndCheck("POST", "/receipts", {}, 201, arrived);
    for (const read of ["/products/{sku}", "/stock/{sku}"]) {
      await sendAndCheck("GET", read, { sku }, 200);
    }
    await sendAndCheck("POST", `${deliveryPath}/close`, named, 200, { reason: "1 was broken" });
    await sendAndCheck("PATCH", deliveryPath, named, 409, {});
    await sendAndCheck("GET", deliveryPath, named, 200);
    await sendAndCheck("GET", deliveryPath, { reference: "none" }, 404);
    await sendAndCheck("GET", `/availability?sku=${encodeURIComponent(sku)}&sku=none`, {}, 200);
    await sendAndCheck("POST", "/availability/check", {}, 200, { lines: order.lines });
    await sendAndCheck("GET", "/alerts", {}, 200);
    await sendAndCheck("GET", "/events", {}, 200);
    await sendAndCheck("GET", "/mails", {}, 200);
    await sendAndCheck("DELETE", "/products/{sku}", { sku }, 204);
  });

  it("describes the answers of the administration", async () => {
    const code = "shop:low_stock_internal";
    await sendAndCheck("GET", "/mail-templates", {}, 200);
    await sendAndCheck("GET", "/mail-templates/{code}", { code }, 200);
    const draft = { subject: "Low: {{ product.name }}", body: "**{{ stock.unitsInStock }}** left" };
    await sendAndCheck("POST", "/mail-templates/{code}/preview", { code }, 200, draft);
    const broken = { subject: null, body: "{{ nothing }}" };
    await sendAndCheck("PUT", "/mail-templates/{code}", { code }, 422, broken);
    await sendAndCheck("GET", "/admin-groups", {}, 200);
    await sendAndCheck("GET", "/admin-groups/{code}", { code: "store-managers" }, 200);
    const person = { name: "Kim", email: "kim@example.com", password: "a long enough password" };
    await sendAndCheck("POST", "/admin-users", {}, 201, person);
    await sendAndCheck("GET", "/admin-users", {}, 200);
    const key = { name: "checkout", scopes: ["orders:write"] };
    await sendAndCheck("POST", "/api-keys", {}, 201, key);
    await sendAndCheck("GET", "/api-keys", {}, 200);
    await sendAndCheck("GET", "/store", {}, 200);
  });
});
