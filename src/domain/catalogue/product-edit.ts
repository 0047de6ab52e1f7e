// What somebody asks a product to be. Everything that may be left out is optional here; merge-product.ts
// decides what leaving it out means.

/** A variant as it is asked for. `unitsInStock` null: it draws on its product's stock. */
export type VariantEdit = {
  readonly sku: string;
  readonly name?: string | undefined;
  readonly options?: Readonly<Record<string, string>> | undefined;
  readonly enabled?: boolean | undefined;
  readonly unitsInStock?: number | null | undefined;
  readonly expectedUnits?: number | undefined;
  readonly stockAlertThreshold?: number | null | undefined;
};

/** A product as it is asked for. */
export type ProductEdit = {
  readonly name?: string | undefined;
  readonly type?: string | undefined;
  readonly enabled?: boolean | undefined;
  readonly trackInventory?: boolean | undefined;
  readonly unitsInStock?: number | undefined;
  readonly expectedUnits?: number | undefined;
  readonly stockAlertThreshold?: number | null | undefined;
  readonly hideIfOutOfStock?: boolean | undefined;
  readonly allowPreOrder?: boolean | undefined;
  readonly allowNegativeStock?: boolean | undefined;
  readonly sellBelowThreshold?: boolean | undefined;
  readonly variants?: readonly VariantEdit[] | undefined;
};
