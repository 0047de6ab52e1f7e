import { describe, expect, it } from "vitest";
import { toBody, toFields } from "../../../src/admin/products/product-form-values.ts";
import type { Product, ProductType } from "../../../src/admin/products/product-queries.ts";

const times = { createdAt: "2026-01-01T00:00:00.000Z", updatedAt: "2026-01-01T00:00:00.000Z" };
const goods: ProductType = {
  code: "goods",
  name: "Goods",
  hasInventory: true,
  hasVariants: true,
  version: 1,
  ...times,
};

const mug: Product = {
  sku: "MUG",
  name: "Mug",
  type: "goods",
  enabled: true,
  trackInventory: true,
  unitsInStock: 12,
  stockAlertThreshold: 3,
  outOfStock: false,
  hideIfOutOfStock: false,
  allowPreOrder: false,
  allowNegativeStock: false,
  variants: [
    {
      sku: "MUG-R",
      name: "Red",
      options: { colour: "red" },
      enabled: true,
      unitsInStock: 4,
      stockAlertThreshold: null,
      outOfStock: false,
    },
  ],
  version: 1,
  ...times,
};

const { unitsInStock: _units, stockAlertThreshold: _threshold, ...rest } = mug;
const untracked: Product = { ...rest, trackInventory: false, variants: [] };

describe("what the product form sends", () => {
  it("is nothing where nothing was changed", () => {
    expect(toBody(toFields(mug), mug, goods)).toEqual({});
  });

  it("is a count only where it was changed, with the one that was looked at", () => {
    expect(toBody({ ...toFields(mug), unitsInStock: 20 }, mug, goods)).toEqual({
      unitsInStock: 20,
      expectedUnits: 12,
    });
  });

  it("is an emptied threshold as none", () => {
    expect(toBody({ ...toFields(mug), stockAlertThreshold: "" }, mug, goods)).toEqual({
      stockAlertThreshold: null,
    });
  });

  it("is a variant's emptied count as its product's, and an unchanged one not at all", () => {
    const fields = toFields(mug);
    const emptied = {
      ...fields,
      variants: fields.variants.map((one) => ({ ...one, unitsInStock: "" })),
    };
    expect(toBody(emptied, mug, goods).variants).toMatchObject([
      { sku: "MUG-R", unitsInStock: null },
    ]);
    const renamed = {
      ...fields,
      variants: fields.variants.map((one) => ({ ...one, name: "Rot" })),
    };
    const [sent] = toBody(renamed, mug, goods).variants ?? [];
    expect(sent).toMatchObject({ sku: "MUG-R", name: "Rot" });
    expect(sent).not.toHaveProperty("unitsInStock");
  });

  it("is no stock field while the stock is not tracked, so that what there was before stays", () => {
    const fields = { ...toFields(untracked), name: "Cup" };
    expect(toBody(fields, untracked, goods)).toEqual({ name: "Cup" });
    expect(toBody({ ...fields, trackInventory: true }, untracked, goods)).toEqual({
      name: "Cup",
      trackInventory: true,
    });
  });

  it("is everything of a new product, and no inventory of a type that has none", () => {
    const fields = { ...toFields(null), sku: "NEW", name: " New ", unitsInStock: 5 };
    expect(toBody(fields, null, goods)).toEqual({
      name: "New",
      type: "goods",
      enabled: true,
      trackInventory: true,
      unitsInStock: 5,
      stockAlertThreshold: null,
      outOfStockThreshold: null,
      leadDays: null,
      packSize: null,
      hideIfOutOfStock: false,
      allowPreOrder: false,
      allowNegativeStock: false,
      variants: [],
    });
    const service = { ...goods, code: "service", hasInventory: false, hasVariants: false };
    expect(toBody({ ...fields, type: "service" }, null, service)).toEqual({
      name: "New",
      type: "service",
      enabled: true,
    });
  });
});
