// A requested edit of a product. `mergeProduct` decides what a missing field means.

/** A requested edit of a variant. If `unitsInStock` is null, it uses its product's stock. */
export type VariantEdit = {
  readonly sku: string;
  readonly name?: string | undefined;
  readonly options?: Readonly<Record<string, string>> | undefined;
  readonly enabled?: boolean | undefined;
  readonly unitsInStock?: number | null | undefined;
  readonly expectedUnits?: number | undefined;
  readonly stockAlertThreshold?: number | null | undefined;
  readonly outOfStockThreshold?: number | null | undefined;
  readonly leadDays?: number | null | undefined;
  readonly packSize?: number | null | undefined;
};

/** A requested edit of a product. */
export type ProductEdit = {
  readonly name?: string | undefined;
  readonly type?: string | undefined;
  readonly enabled?: boolean | undefined;
  readonly trackInventory?: boolean | undefined;
  readonly unitsInStock?: number | undefined;
  readonly expectedUnits?: number | undefined;
  readonly stockAlertThreshold?: number | null | undefined;
  readonly outOfStockThreshold?: number | null | undefined;
  readonly leadDays?: number | null | undefined;
  readonly packSize?: number | null | undefined;
  readonly hideIfOutOfStock?: boolean | undefined;
  readonly allowPreOrder?: boolean | undefined;
  readonly allowNegativeStock?: boolean | undefined;
  readonly variants?: readonly VariantEdit[] | undefined;
};
