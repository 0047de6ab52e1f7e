// The changes of a catalogue that can come while orders of it are under way, and what has to follow from each.

/** The requests of a change, one after the other: method, path and body. `P` in them is the product's SKU. */
type Requests = readonly (readonly [method: string, path: string, body?: object])[];

/** A count by GET /stock: units, or why there are none. */
export type Count = number | "unknown" | "not tracked";

/** How a cell of the matrix ends. Counts are by SKU: P, its variant P-V, and another product Q. */
export type Ends = {
  /** The status, or the reason of the rejection. */
  readonly ends: "confirmed" | "no-longer-sold" | "insufficient-stock" | "out-of-stock";
  readonly counts: Readonly<Record<string, Count>>;
};

/** Where the units of a confirmed order are after their return. */
type Returned = {
  /** The code of the refusal, if the return is refused. */
  readonly refused?: "deleted" | "more-than-taken";
  readonly counts: Readonly<Record<string, Count>>;
};

/** A change of the catalogue, and how the order of each phase ends. */
export type Change = {
  readonly name: string;
  /** What is ordered: 2 units of it. P has 10 units of its own, and Q has 20. */
  readonly of: "P" | "P-V";
  /** The units of the variant before the change: null if it shares its product's; left out if there is none. */
  readonly variant?: number | null;
  readonly before?: object;
  readonly requests: Requests;
  /** The order waited while the change was made, and was decided after it. */
  readonly pending: Ends;
  /** The order was confirmed before the change, and is cancelled and returned after it. */
  readonly returned: Returned;
};

/** The variant of P, with units of its own or null. */
export const own = (units: number | null) => [{ sku: "P-V", name: "V", unitsInStock: units }];
const again = { name: "Made again" };
/** A product type with everything. */
export const kind = { name: "A kind", hasInventory: true, hasVariants: true };

/** The matrix. */
export const changes: readonly Change[] = [
  {
    name: "a variant gets its own stock",
    of: "P-V",
    variant: null,
    requests: [["PATCH", "/products/P", { variants: own(4) }]],
    pending: { ends: "confirmed", counts: { P: 10, "P-V": 2 } },
    returned: { counts: { P: 8, "P-V": 6 } },
  },
  {
    name: "a variant gets its own stock, which is too small for the order",
    of: "P-V",
    variant: null,
    requests: [["PATCH", "/products/P", { variants: own(1) }]],
    pending: { ends: "insufficient-stock", counts: { P: 10, "P-V": 1 } },
    returned: { counts: { P: 8, "P-V": 3 } },
  },
  {
    name: "a variant gives its own stock up",
    of: "P-V",
    variant: 6,
    requests: [["PATCH", "/products/P", { variants: own(null) }]],
    pending: { ends: "confirmed", counts: { P: 14, "P-V": 14 } },
    returned: { counts: { P: 16, "P-V": 16 } },
  },
  {
    name: "a variant gives its own stock up, and its product is counted anew",
    of: "P-V",
    variant: 6,
    requests: [["PATCH", "/products/P", { unitsInStock: 12, variants: own(null) }]],
    pending: { ends: "confirmed", counts: { P: 10, "P-V": 10 } },
    returned: { counts: { P: 14, "P-V": 14 } },
  },
  {
    name: "a variant gives its own stock up and gets one again",
    of: "P-V",
    variant: 6,
    requests: [
      ["PATCH", "/products/P", { variants: own(null) }],
      ["PATCH", "/products/P", { variants: own(3) }],
    ],
    pending: { ends: "confirmed", counts: { P: 16, "P-V": 1 } },
    returned: { counts: { P: 14, "P-V": 5 } },
  },
  {
    name: "a product changes to a type without variants",
    of: "P-V",
    variant: 6,
    requests: [["PATCH", "/products/P", { type: "plain" }]],
    pending: { ends: "no-longer-sold", counts: { P: 10, "P-V": 6 } },
    returned: { counts: { P: 10, "P-V": 6 } },
  },
  {
    name: "a product changes to a type without variants and back",
    of: "P-V",
    variant: 6,
    requests: [
      ["PATCH", "/products/P", { type: "plain" }],
      ["PATCH", "/products/P", { type: "goods" }],
    ],
    pending: { ends: "confirmed", counts: { P: 10, "P-V": 4 } },
    returned: { counts: { P: 10, "P-V": 6 } },
  },
  {
    name: "a product whose variant shares its units changes to a type without variants",
    of: "P-V",
    variant: null,
    requests: [["PATCH", "/products/P", { type: "plain" }]],
    pending: { ends: "confirmed", counts: { P: 8, "P-V": 8 } },
    returned: { counts: { P: 10, "P-V": 10 } },
  },
  {
    name: "a product changes to a type without inventory",
    of: "P",
    requests: [["PATCH", "/products/P", { type: "service" }]],
    pending: { ends: "confirmed", counts: { P: "not tracked" } },
    returned: { counts: { P: "not tracked" } },
  },
  {
    name: "a product changes to a type without inventory and back: its count is there again",
    of: "P",
    requests: [
      ["PATCH", "/products/P", { type: "service" }],
      ["PATCH", "/products/P", { type: "goods", trackInventory: true }],
    ],
    pending: { ends: "confirmed", counts: { P: 8 } },
    returned: { counts: { P: 10 } },
  },
  {
    name: "a type loses its variants",
    of: "P-V",
    variant: 6,
    before: { type: "kind" },
    requests: [["PUT", "/product-types/kind", { ...kind, hasVariants: false }]],
    pending: { ends: "no-longer-sold", counts: { P: 10, "P-V": 6 } },
    returned: { counts: { P: 10, "P-V": 6 } },
  },
  {
    name: "a type loses its inventory and gets it again",
    of: "P-V",
    variant: 6,
    before: { type: "kind" },
    requests: [
      ["PUT", "/product-types/kind", { ...kind, hasInventory: false }],
      ["PUT", "/product-types/kind", kind],
    ],
    pending: { ends: "confirmed", counts: { P: 10, "P-V": 4 } },
    returned: { counts: { P: 10, "P-V": 6 } },
  },
  {
    name: "a type loses its inventory",
    of: "P-V",
    variant: 6,
    before: { type: "kind" },
    requests: [["PUT", "/product-types/kind", { ...kind, hasInventory: false }]],
    pending: { ends: "confirmed", counts: { P: "not tracked", "P-V": "not tracked" } },
    returned: { counts: { P: "not tracked", "P-V": "not tracked" } },
  },
  {
    name: "a product changes to a type with inventory",
    of: "P",
    before: { type: "service", unitsInStock: undefined, stockAlertThreshold: undefined },
    requests: [["PATCH", "/products/P", { type: "goods", trackInventory: true, unitsInStock: 1 }]],
    pending: { ends: "insufficient-stock", counts: { P: 1 } },
    returned: { refused: "more-than-taken", counts: { P: 1 } },
  },
  {
    name: "a product is no longer tracked",
    of: "P",
    requests: [["PATCH", "/products/P", { trackInventory: false }]],
    pending: { ends: "confirmed", counts: { P: "not tracked" } },
    returned: { counts: { P: "not tracked" } },
  },
  {
    name: "a product gets variants",
    of: "P",
    requests: [["PATCH", "/products/P", { variants: own(5) }]],
    pending: { ends: "confirmed", counts: { P: 8, "P-V": 5 } },
    returned: { counts: { P: 10, "P-V": 5 } },
  },
  {
    name: "a product is disabled",
    of: "P",
    requests: [["PATCH", "/products/P", { enabled: false }]],
    pending: { ends: "confirmed", counts: { P: 8 } },
    returned: { counts: { P: 10 } },
  },
  {
    name: "a product is deleted",
    of: "P",
    requests: [["DELETE", "/products/P"]],
    pending: { ends: "no-longer-sold", counts: { P: "unknown" } },
    returned: { refused: "deleted", counts: { P: "unknown" } },
  },
  {
    name: "a product is deleted and made again under its SKU",
    of: "P",
    requests: [
      ["DELETE", "/products/P"],
      ["PUT", "/products/P", { ...again, unitsInStock: 30 }],
    ],
    pending: { ends: "confirmed", counts: { P: 28 } },
    returned: { counts: { P: 32 } },
  },
  {
    name: "a product is deleted and made again with no units",
    of: "P",
    requests: [
      ["DELETE", "/products/P"],
      ["PUT", "/products/P", { ...again, unitsInStock: 0 }],
    ],
    pending: { ends: "out-of-stock", counts: { P: 0 } },
    returned: { counts: { P: 2 } },
  },
  {
    name: "a product is deleted and made again without inventory",
    of: "P",
    requests: [
      ["DELETE", "/products/P"],
      ["PUT", "/products/P", { ...again, type: "service" }],
    ],
    pending: { ends: "confirmed", counts: { P: "not tracked" } },
    returned: { counts: { P: "not tracked" } },
  },
  {
    name: "a product is deleted and its SKU is given to a variant of another",
    of: "P",
    requests: [
      ["DELETE", "/products/P"],
      ["PATCH", "/products/Q", { variants: [{ sku: "P", name: "P", unitsInStock: 3 }] }],
    ],
    pending: { ends: "confirmed", counts: { P: 1, Q: 20 } },
    returned: { counts: { P: 5, Q: 20 } },
  },
  {
    name: "a product with a variant of its own stock is deleted",
    of: "P-V",
    variant: 6,
    requests: [["DELETE", "/products/P"]],
    pending: { ends: "no-longer-sold", counts: { P: "unknown", "P-V": "unknown" } },
    returned: { refused: "deleted", counts: { P: "unknown", "P-V": "unknown" } },
  },
  {
    name: "a variant is deleted",
    of: "P-V",
    variant: 6,
    requests: [["PATCH", "/products/P", { variants: [] }]],
    pending: { ends: "no-longer-sold", counts: { P: 10, "P-V": "unknown" } },
    returned: { refused: "deleted", counts: { P: 10, "P-V": "unknown" } },
  },
  {
    name: "a variant that shares its product's units is deleted",
    of: "P-V",
    variant: null,
    requests: [["PATCH", "/products/P", { variants: [] }]],
    pending: { ends: "no-longer-sold", counts: { P: 10, "P-V": "unknown" } },
    returned: { refused: "deleted", counts: { P: 8, "P-V": "unknown" } },
  },
  {
    name: "a variant is deleted and made again under its SKU",
    of: "P-V",
    variant: 6,
    requests: [
      ["PATCH", "/products/P", { variants: [] }],
      ["PATCH", "/products/P", { variants: own(7) }],
    ],
    pending: { ends: "confirmed", counts: { P: 10, "P-V": 5 } },
    returned: { counts: { P: 10, "P-V": 9 } },
  },
  {
    name: "a variant is deleted and made again on its product's stock",
    of: "P-V",
    variant: 6,
    requests: [
      ["PATCH", "/products/P", { variants: [] }],
      ["PATCH", "/products/P", { variants: own(null) }],
    ],
    pending: { ends: "confirmed", counts: { P: 8, "P-V": 8 } },
    returned: { counts: { P: 12, "P-V": 12 } },
  },
  {
    name: "a variant moves to another product",
    of: "P-V",
    variant: 6,
    requests: [
      ["PATCH", "/products/P", { variants: [] }],
      ["PATCH", "/products/Q", { variants: own(null) }],
    ],
    pending: { ends: "confirmed", counts: { P: 10, Q: 18, "P-V": 18 } },
    returned: { counts: { P: 10, Q: 22, "P-V": 22 } },
  },
];
