// What products, their parts and their settings are called.

/** Names that several pages show. */
export const names = {
  products: "Products",
  newProduct: "New product",
  product: "Product",
  variants: "Variants",
  variant: "Variant",
  sku: "SKU",
};

/** The labels of a product's settings, as in the store's manual. */
export const labels = {
  name: "Name",
  type: "Type",
  enabled: "Enabled",
  trackInventory: "Track Inventory",
  unitsInStock: "Units in Stock",
  stockAlertThreshold: "Stock Alert Threshold",
  outOfStockThreshold: "Out-of-Stock Threshold",
  hideIfOutOfStock: "Hide if Out of Stock",
  allowPreOrder: "Allow Pre-Order",
  allowNegativeStock: "Allow Negative Stock",
  leadDays: "Lead Time in Days",
  packSize: "Pack Size",
  variants: "Variants",
};
