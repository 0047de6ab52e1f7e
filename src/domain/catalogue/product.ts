// A product and its variants: their settings, and their stored form.

/** The settings of a product that an edit can change. */
export type ProductSettings = {
  readonly name: string;
  readonly enabled: boolean;
  readonly trackInventory: boolean;
  readonly stockAlertThreshold: number | null;
  readonly outOfStockThreshold: number | null;
  readonly hideIfOutOfStock: boolean;
  readonly allowPreOrder: boolean;
  readonly allowNegativeStock: boolean;
  /** Days from an order at the supplier to its arrival. Null: the store's. */
  readonly leadDays: number | null;
  /** The supplier sells multiples of it. Null: single units. */
  readonly packSize: number | null;
};

/** The settings of a variant. If a number is null, its product's is used. */
export type VariantSettings = {
  readonly sku: string;
  readonly name: string;
  readonly options: Readonly<Record<string, string>>;
  readonly enabled: boolean;
  /** Whether it has its own stock. If not, it uses its product's. */
  readonly ownStock: boolean;
  readonly stockAlertThreshold: number | null;
  readonly outOfStockThreshold: number | null;
  readonly leadDays: number | null;
  readonly packSize: number | null;
};

/** The settings of a product and of its variants. */
export type ProductWithVariants = ProductSettings & {
  /** In the order of the product. Empty if the product's type has no variants. */
  readonly variants: readonly VariantSettings[];
};

/** A stored variant. */
export type StoredVariant = VariantSettings & {
  /** The units of its own level, even if it uses its product's stock. */
  readonly units: number;
  /** The effective stock alert threshold: the variant's, or else its product's. */
  readonly threshold: number | null;
  /** The variant's out-of-stock threshold, or else its product's. */
  readonly effectiveOutOfStockThreshold: number | null;
};

/** A stored product. */
export type StoredProduct = ProductSettings & {
  readonly id: number;
  readonly sku: string;
  /** The code of its type. */
  readonly type: string;
  /** The result of `isTracked` for it and its type. */
  readonly tracked: boolean;
  readonly units: number;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  /** Empty if the product's type has no variants. */
  readonly variants: readonly StoredVariant[];
};
