// The out-of-stock threshold of products and variants over HTTP, and its old form, `sellBelowThreshold`.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { faultsIn, pageIn } from "../../support/answers.ts";
import { startTestApi, type TestService } from "../../support/service.ts";

let service: TestService;

beforeAll(async () => {
  service = await startTestApi();
});

afterAll(async () => {
  await service.stop();
});

const put = (sku: string, body: object) =>
  service.send("PUT", `/products/${sku}`, { name: sku, unitsInStock: 10, ...body });
const patch = (sku: string, body: object) => service.send("PATCH", `/products/${sku}`, body);
const stock = async (sku: string) => (await service.send("GET", `/stock/${sku}`)).body;

describe("the out-of-stock threshold", () => {
  it("keeps its units back, and leaves the warning to the other threshold", async () => {
    const created = await put("KEEPS", { stockAlertThreshold: 10, outOfStockThreshold: 3 });
    expect(created.body).toMatchObject({
      stockAlertThreshold: 10,
      outOfStockThreshold: 3,
      outOfStock: false,
      heldBack: 3,
      stockState: "low",
      sellBelowThreshold: false,
    });
    expect(await stock("KEEPS")).toMatchObject({ available: 7, heldBack: 3, stockState: "low" });
  });

  it("stays in a patch that leaves it out, and is none after a replacement that does", async () => {
    await put("STAYS", { outOfStockThreshold: 4 });
    const patched = await patch("STAYS", { name: "Stays" });
    expect(patched.body).toMatchObject({ outOfStockThreshold: 4 });
    expect((await put("STAYS", {})).body).toMatchObject({ outOfStockThreshold: null });
  });

  it("of a variant is its own, else its product's", async () => {
    const created = await put("PARTS", {
      stockAlertThreshold: 5,
      outOfStockThreshold: 3,
      variants: [
        { sku: "PARTS-1", unitsInStock: 3 },
        { sku: "PARTS-2", unitsInStock: 3, outOfStockThreshold: 0 },
        { sku: "PARTS-3" },
      ],
    });
    expect(created.body).toMatchObject({
      variants: [
        { outOfStockThreshold: null, stockState: "held-back", heldBack: 3 },
        { outOfStockThreshold: 0, stockState: "low", heldBack: 0 },
        { outOfStockThreshold: null, stockState: "in-stock", heldBack: 3 },
      ],
    });
    const shared = { holder: { kind: "product" }, outOfStockThreshold: 3, available: 7 };
    expect(await stock("PARTS-1")).toMatchObject({ outOfStockThreshold: 3, available: 0 });
    expect(await stock("PARTS-2")).toMatchObject({ outOfStockThreshold: 0, available: 3 });
    expect(await stock("PARTS-3")).toMatchObject(shared);
  });

  it("may be above the stock alert threshold: then both begin at it", async () => {
    await put("ABOVE", { stockAlertThreshold: 2, outOfStockThreshold: 10 });
    expect(await stock("ABOVE")).toMatchObject({ heldBack: 10, stockState: "held-back" });
    const page = pageIn(await service.send("GET", "/products?status=out"));
    expect(page.data.map(({ sku }) => sku)).toContain("ABOVE");
  });

  it.each([-1, 1.5, "3", 1_000_000_001])("of %j is refused", async (outOfStockThreshold) => {
    const variants = [{ sku: "NO-1", outOfStockThreshold }];
    const refused = await put("NO", { outOfStockThreshold, variants });
    expect(refused.status).toBe(422);
    expect(Object.keys(faultsIn(refused))).toEqual([
      "/outOfStockThreshold",
      "/variants/0/outOfStockThreshold",
    ]);
  });
});

describe("sellBelowThreshold", () => {
  it.each([
    [{ sellBelowThreshold: true }, 0, true],
    [{ sellBelowThreshold: false }, null, false],
    [{ outOfStockThreshold: 0 }, 0, true],
    [{ outOfStockThreshold: 0, sellBelowThreshold: true }, 0, true],
    [{ outOfStockThreshold: 5, sellBelowThreshold: false }, 5, false],
    [{ outOfStockThreshold: null, sellBelowThreshold: false }, null, false],
  ])("%j makes a threshold of %s", async (body, outOfStockThreshold, sellBelowThreshold) => {
    const expected = { outOfStockThreshold, sellBelowThreshold };
    expect((await put("OLD-PUT", body)).body).toMatchObject(expected);
    await put("OLD-PATCH", { outOfStockThreshold: 7 });
    expect((await patch("OLD-PATCH", body)).body).toMatchObject(expected);
  });

  it("may be sent back as it was read, with the threshold", async () => {
    for (const outOfStockThreshold of [null, 0, 6]) {
      const { body } = await put("BACK", { outOfStockThreshold });
      const { sellBelowThreshold, name } = Object(body);
      const again = { name, outOfStockThreshold, sellBelowThreshold };
      expect((await put("BACK", again)).body).toMatchObject({ outOfStockThreshold });
    }
  });

  it.each([
    { outOfStockThreshold: 5, sellBelowThreshold: true },
    { outOfStockThreshold: null, sellBelowThreshold: true },
    { outOfStockThreshold: 0, sellBelowThreshold: false },
  ])("that says something else than the threshold is refused: %j", async (body) => {
    await put("DIFFERS", {});
    for (const refused of [await put("DIFFERS", body), await patch("DIFFERS", body)]) {
      expect(refused.status).toBe(422);
      expect(Object.keys(faultsIn(refused))).toEqual(["/sellBelowThreshold"]);
    }
  });
});
