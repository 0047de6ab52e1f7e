// Examples of product types, products, and files of them.

import type { Examples } from "./example.ts";

/** Examples of the catalogue's operations. */
export const catalogueExamples: Examples = {
  saveProductType: {
    new: {
      summary: "A type without inventory",
      path: { code: "gift-card" },
      body: { name: "Gift card", hasInventory: false, hasVariants: true },
      status: 201,
    },
    changed: {
      summary: "Another name for a type",
      path: { code: "gift-card" },
      body: { name: "Gift cards", hasInventory: false, hasVariants: true },
      status: 200,
    },
  },
  listProductTypes: { all: { summary: "All types", status: 200 } },
  readProductType: { goods: { summary: "One type", path: { code: "goods" }, status: 200 } },
  deleteProductType: {
    unused: { summary: "A type that no product has", path: { code: "gift-card" }, status: 204 },
  },
  replaceProduct: {
    new: {
      summary: "A new product",
      path: { sku: "TEA-DARJEELING" },
      body: { name: "Darjeeling, first flush", unitsInStock: 120, stockAlertThreshold: 10 },
      status: 201,
    },
    variants: {
      summary: "A new product with variants that have stock of their own",
      path: { sku: "TEA-CHAI" },
      body: {
        name: "Masala chai",
        unitsInStock: 0,
        stockAlertThreshold: 15,
        variants: [
          { sku: "TEA-CHAI-100", options: { weight: "100 g" }, unitsInStock: 80 },
          {
            sku: "TEA-CHAI-250",
            options: { weight: "250 g" },
            unitsInStock: 30,
            stockAlertThreshold: 5,
          },
        ],
      },
      status: 201,
    },
    changed: {
      summary: "A product that is there",
      path: { sku: "TEA-ROOIBOS" },
      body: { name: "Rooibos with orange peel, organic", stockAlertThreshold: 15 },
      status: 200,
    },
  },
  changeProduct: {
    threshold: {
      summary: "Another threshold",
      path: { sku: "TEA-EARL" },
      body: { stockAlertThreshold: 30, outOfStockThreshold: 2 },
      status: 200,
    },
    preOrders: {
      summary: "Take pre-orders from now on",
      path: { sku: "TEAPOT-IRON" },
      body: { allowPreOrder: true },
      status: 200,
    },
  },
  readProduct: { one: { summary: "One product", path: { sku: "MUG-STONE" }, status: 200 } },
  listProducts: { first: { summary: "The first products", query: "?limit=2", status: 200 } },
  deleteProduct: {
    one: { summary: "A product and its variants", path: { sku: "COASTER-CORK" }, status: 204 },
  },
  importProducts: {
    counts: {
      summary: "Counts of products that are there",
      body: { csv: "sku,unitsInStock\nMATCHA-30,90\nWHISK-BAMBOO,45\n" },
      status: 200,
    },
    dryRun: {
      summary: "What a file would do",
      query: "?dryRun=true",
      body: { csv: "sku,name,unitsInStock,stockAlertThreshold\nTEA-OOLONG,Oolong,60,8\n" },
      status: 200,
    },
  },
  exportProducts: { file: { summary: "The file", status: 200 } },
  saveProductsInBulk: {
    each: {
      summary: "Two products, each on its own",
      body: {
        products: [
          { sku: "TRAY", name: "Tray", unitsInStock: 120, stockAlertThreshold: 10 },
          { sku: "TEA", name: "Tea", variants: [{ sku: "TEA-GREEN", unitsInStock: 40 }] },
        ],
      },
      status: 200,
    },
  },
};
