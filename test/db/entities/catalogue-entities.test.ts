// Product types, products, variants and their stock levels come back as they were written.

import { type EntityManager, OptimisticLockError } from "@mikro-orm/postgresql";
import { beforeEach, describe, expect, test } from "vitest";
import { Product, Variant } from "../../../src/db/entities/product.ts";
import { ProductType } from "../../../src/db/entities/product-type.ts";
import { StockLevel } from "../../../src/db/entities/stock-level.ts";
import { useOrm } from "../support/use-orm.ts";

const orm = useOrm();
/** The manager that writes, and the one that reads back, which has seen nothing yet. */
let em: EntityManager;
let reader: EntityManager;

beforeEach(() => {
  em = orm().em.fork();
  reader = orm().em.fork();
});

const policy = {
  enabled: true,
  trackInventory: true,
  hideIfOutOfStock: false,
  allowPreOrder: true,
  allowNegativeStock: false,
  outOfStockThreshold: 2,
};

async function createProduct(sku: string): Promise<Product> {
  const product = em.create(Product, {
    ...policy,
    sku,
    name: "Tea pot",
    type: em.getReference(ProductType, "goods"),
    stockAlertThreshold: 5,
  });
  await em.flush();
  return product;
}

describe("a product type", () => {
  test("comes back as it was written", async () => {
    em.create(ProductType, { code: "kit", name: "Kit", hasInventory: true, hasVariants: false });
    await em.flush();
    const found = await reader.findOneOrFail(ProductType, "kit");
    expect(found).toMatchObject({
      code: "kit",
      name: "Kit",
      hasInventory: true,
      hasVariants: false,
      version: 1,
    });
    expect(found.createdAt).toBeInstanceOf(Date);
    expect(found.updatedAt).toBeInstanceOf(Date);
  });
});

describe("a product", () => {
  test("comes back with its type and, in their position, its variants", async () => {
    const product = await createProduct("POT");
    for (const [position, name] of ["Blue", "Red"].entries()) {
      em.create(Variant, {
        product,
        sku: `POT-${name}`,
        name,
        options: { colour: name },
        position: 1 - position,
        enabled: true,
        ownStock: name === "Red",
        stockAlertThreshold: null,
      });
    }
    await em.flush();

    const found = await reader.findOneOrFail(Product, product.id, {
      populate: ["type", "variants"],
    });
    expect(found).toMatchObject({
      ...policy,
      sku: "POT",
      name: "Tea pot",
      stockAlertThreshold: 5,
      version: 1,
      deletedAt: null,
    });
    expect(found.type).toMatchObject({ code: "goods", hasInventory: true });
    expect(found.variants.getItems()).toMatchObject([
      { sku: "POT-Red", options: { colour: "Red" }, ownStock: true, stockAlertThreshold: null },
      { sku: "POT-Blue", options: { colour: "Blue" }, ownStock: false, position: 1 },
    ]);
  });

  test("counts its versions, and notes when it was last written", async () => {
    const product = await createProduct("VERSIONED");
    const longAgo = new Date("2020-01-01T00:00:00Z");
    await em.execute("update product set updated_at = ? where id = ?", [longAgo, product.id]);
    product.name = "Big tea pot";
    await em.flush();
    expect(product.version).toBe(2);
    const found = await reader.findOneOrFail(Product, product.id);
    expect(found).toMatchObject({ name: "Big tea pot", version: 2 });
    expect(found.createdAt).toEqual(product.createdAt);
    expect(found.updatedAt.getTime()).toBeGreaterThan(longAgo.getTime());
  });

  test("that somebody else has written since it was read is not overwritten", async () => {
    const product = await createProduct("RACED");
    const other = await reader.findOneOrFail(Product, product.id);
    other.name = "Theirs";
    await reader.flush();
    product.name = "Ours";
    await expect(em.flush()).rejects.toThrow(OptimisticLockError);
    const found = await orm().em.fork().findOneOrFail(Product, product.id);
    expect(found).toMatchObject({ name: "Theirs", version: 2 });
  });
});

describe("a stock level", () => {
  test("is made by the database and read with its count as a number", async () => {
    const product = await createProduct("COUNTED");
    const variant = em.create(Variant, {
      product,
      sku: "COUNTED-1",
      name: "One",
      options: {},
      position: 0,
      enabled: true,
      ownStock: false,
    });
    await em.flush();
    await em.execute("update stock_level set units = 3000000000 where sku = 'COUNTED'");

    const [base, level] = await reader.find(
      StockLevel,
      { product: product.id },
      { orderBy: { id: "asc" }, populate: ["product", "variant", "defersTo"] },
    );
    expect(base).toMatchObject({
      sku: "COUNTED",
      units: 3_000_000_000,
      alertState: null,
      variantRequired: true,
      tracked: true,
      threshold: 5,
      retired: false,
    });
    expect(base?.product.name).toBe("Tea pot");
    expect(level).toMatchObject({ sku: "COUNTED-1", units: 0, variantRequired: false });
    expect(level?.variant?.id).toBe(variant.id);
    expect(level?.defersTo).toBe(base);
  });
});
