// A product and its variants: the settings that an edit decides, and the whole as it is stored.

/** The settings of a product, which an edit decides. */
export type ProductSettings = {
  readonly name: string;
  readonly enabled: boolean;
  readonly trackInventory: boolean;
  readonly stockAlertThreshold: number | null;
  readonly hideIfOutOfStock: boolean;
  readonly allowPreOrder: boolean;
  readonly allowNegativeStock: boolean;
  readonly sellBelowThreshold: boolean;
};

/** The settings of a variant. A threshold of null is its product's. */
export type VariantSettings = {
  readonly sku: string;
  readonly name: string;
  readonly options: Readonly<Record<string, string>>;
  readonly enabled: boolean;
  /** Whether it has a count of its own; else it draws on its product's stock. */
  readonly ownStock: boolean;
  readonly stockAlertThreshold: number | null;
};

/** The settings of a product and of its variants, in their order. */
export type ProductWithVariants = ProductSettings & {
  /** Empty if the product's type has no variants. */
  readonly variants: readonly VariantSettings[];
};

/** A variant as it is stored. */
export type StoredVariant = VariantSettings & {
  /** Of its own level, even if it draws on its product's stock. */
  readonly units: number;
  /** The threshold in force, of the variant or of its product. */
  readonly threshold: number | null;
};

/** A product as it is stored. */
export type StoredProduct = ProductSettings & {
  readonly id: number;
  readonly sku: string;
  /** The code of its type. */
  readonly type: string;
  /** What `isTracked` says of its type and of it. */
  readonly tracked: boolean;
  readonly units: number;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  /** Empty if the product's type has no variants. */
  readonly variants: readonly StoredVariant[];
};
