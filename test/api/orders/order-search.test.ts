import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pageIn } from "../../support/answers.ts";
import { startTestService, type TestService } from "../../support/service.ts";

let service: TestService;

beforeAll(async () => {
  service = await startTestService();
  await service.send("PUT", "/products/TEE", {
    name: "Tee",
    unitsInStock: 10,
    variants: [{ sku: "TEE-OWN", unitsInStock: 10 }, { sku: "TEE-S" }, { sku: "TEE-M" }],
  });
  await service.send("PUT", "/products/PRE", { name: "Pre", unitsInStock: 0, allowPreOrder: true });
  await order("S-OWN", "TEE-OWN");
  await order("S-S", "TEE-S");
  await order("S-M", "TEE-M");
  await order("S-PRE", "PRE");
});

afterAll(() => service.stop());

const order = (reference: string, sku: string) =>
  service.send(
    "POST",
    "/orders",
    { reference, lines: [{ sku, quantity: 1 }] },
    { prefer: "wait=10" },
  );

const found = async (sku: string) =>
  pageIn(await service.send("GET", `/orders?sku=${sku}`)).data.map(({ reference }) => reference);

describe("orders of a SKU", () => {
  it("are those of a variant with stock of its own", async () => {
    expect(await found("TEE-OWN")).toEqual(["S-OWN"]);
  });

  it("are those of a variant that draws on its product's stock, and not its siblings'", async () => {
    expect(await found("TEE-S")).toEqual(["S-S"]);
  });

  it("are those that were only promised units, too", async () => {
    expect(await found("PRE")).toEqual(["S-PRE"]);
  });

  it("are none where nothing has the SKU", async () => {
    expect(await found("NONE")).toEqual([]);
  });
});
