// The demo's store: a small tea shop. Its products have every type and every flag, and variants with and without
// their own stock.

/** A variant in the body of `PUT /products/{sku}`. */
type DemoVariant = {
  readonly sku: string;
  readonly name: string;
  readonly options: Readonly<Record<string, string>>;
  readonly enabled?: boolean;
  readonly unitsInStock?: number;
  readonly stockAlertThreshold?: number;
};

/** The body of `PUT /products/{sku}`, with the SKU. */
export type DemoProduct = {
  readonly sku: string;
  readonly name: string;
  readonly type: "goods" | "service" | "downloadable";
  readonly enabled?: boolean;
  readonly trackInventory?: boolean;
  readonly unitsInStock?: number;
  readonly stockAlertThreshold?: number;
  readonly outOfStockThreshold?: number;
  readonly hideIfOutOfStock?: boolean;
  readonly allowPreOrder?: boolean;
  readonly allowNegativeStock?: boolean;

  readonly variants?: readonly DemoVariant[];
};

const goods = (
  sku: string,
  name: string,
  unitsInStock: number,
  stockAlertThreshold: number,
): DemoProduct => ({
  sku,
  name,
  type: "goods",
  trackInventory: true,
  unitsInStock,
  stockAlertThreshold,
});

const weight = (sku: string, grams: number, units: number, threshold?: number): DemoVariant => ({
  sku,
  name: `${grams} g`,
  options: { weight: `${grams} g` },
  unitsInStock: units,
  ...(threshold === undefined ? {} : { stockAlertThreshold: threshold }),
});

/** A variant without its own stock. */
const choice = (sku: string, option: string, name: string): DemoVariant => ({
  sku,
  name,
  options: { [option]: name },
});

/** The products, with their initial stock. */
export const demoProducts: readonly DemoProduct[] = [
  {
    ...goods("TEA-ASSAM", "Assam, second flush", 0, 20),
    variants: [weight("TEA-ASSAM-100", 100, 140), weight("TEA-ASSAM-250", 250, 45, 8)],
  },
  {
    ...goods("TEA-SENCHA", "Sencha, first harvest", 0, 12),
    variants: [
      weight("TEA-SENCHA-50", 50, 90),
      weight("TEA-SENCHA-100", 100, 60),
      { ...weight("TEA-SENCHA-500", 500, 4), enabled: false },
    ],
  },
  goods("TEA-EARL", "Earl Grey, loose leaf", 180, 25),
  goods("TEA-ROOIBOS", "Rooibos with orange peel", 110, 15),
  goods("MATCHA-30", "Matcha, 30 g tin", 75, 12),
  goods("WHISK-BAMBOO", "Bamboo whisk", 40, 5),
  {
    // Sand and Moss are glazed to order from the same blanks. Sea is bought finished, so it has its own stock.
    ...goods("MUG-STONE", "Stoneware mug", 48, 10),
    variants: [
      {
        ...choice("MUG-STONE-SEA", "colour", "Sea"),
        unitsInStock: 18,
        stockAlertThreshold: 3,
      },
      choice("MUG-STONE-SAND", "colour", "Sand"),
      choice("MUG-STONE-MOSS", "colour", "Moss"),
    ],
  },
  {
    ...goods("BOX-GIFT", "Gift box for four tins", 46, 6),
    variants: [
      choice("BOX-GIFT-RED", "ribbon", "Red ribbon"),
      choice("BOX-GIFT-GREEN", "ribbon", "Green ribbon"),
      choice("BOX-GIFT-PLAIN", "ribbon", "Plain"),
    ],
  },
  goods("TEAPOT-IRON", "Cast iron teapot, 0.8 l", 12, 3),
  { ...goods("KETTLE-GOOSE", "Gooseneck kettle", 8, 0), allowPreOrder: true },
  { ...goods("FILTER-PAPER", "Paper filters, box of 100", 60, 10), allowNegativeStock: true },
  { ...goods("SCOOP-BRASS", "Brass tea scoop", 20, 6), outOfStockThreshold: 0 },
  { ...goods("TIN-SPRING", "Spring tin, numbered edition", 15, 0), hideIfOutOfStock: true },
  goods("COASTER-CORK", "Cork coasters, set of four", 120, 20),
  goods("CARAFE-COLD", "Cold brew carafe, 1 l", 30, 4),
  { ...goods("CUP-BLUE", "Blue cup, discontinued", 14, 2), enabled: false },
  { sku: "SAMPLE-SACHET", name: "Sample sachet", type: "goods", trackInventory: false },
  { sku: "WRAPPING", name: "Gift wrapping", type: "service" },
  { sku: "TASTING-SEAT", name: "Tasting evening, one seat", type: "service" },
  {
    sku: "GUIDE-BREWING",
    name: "Brewing guide",
    type: "downloadable",
    variants: [
      choice("GUIDE-BREWING-EN", "language", "English"),
      choice("GUIDE-BREWING-DE", "language", "German"),
    ],
  },
];

/** The people who get a mail when stock is low. */
export const demoManagers = [
  { name: "Morning shift", email: "morning@example.com" },
  { name: "Evening shift", email: "evening@example.com" },
] as const;
