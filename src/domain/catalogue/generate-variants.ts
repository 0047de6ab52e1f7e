// Generates variants from options, as the inventory manual describes: one for each combination of option values that no
// variant has yet.

/** An option with its values, such as `colour` with red and blue. */
export type VariantOption = { readonly name: string; readonly values: readonly string[] };

/** A variant's option values, by the option's name. */
export type OptionValues = Readonly<Record<string, string>>;

/** A variant to create. */
export type GeneratedVariant = {
  readonly sku: string;
  readonly name: string;
  readonly options: OptionValues;
};

/** The product, its options, and its limits. */
export type VariantGeneration = {
  readonly productSku: string;
  readonly options: readonly VariantOption[];
  /** The existing variants. */
  readonly existing: readonly { readonly sku: string; readonly options: OptionValues }[];
  /** The most variants of a product. */
  readonly variantsMax: number;
};

/** The new variants; or `total`, the number of all variants, if it would be too large. */
export type GenerationOutcome =
  | { readonly kind: "generated"; readonly variants: readonly GeneratedVariant[] }
  | { readonly kind: "too-many"; readonly total: number };

/** Between the values of a generated name, such as `S / red`. */
const nameSeparator = " / ";

/** The contract's limit for SKUs. */
const skuLengthMax = 64;

/**
 * Generates the missing variants, in the order of the options' values. It ignores options without a name or without
 * values, and duplicate values.
 */
export function generateVariants(generation: VariantGeneration): GenerationOutcome {
  const { productSku, existing, variantsMax } = generation;
  const options = meaningful(generation.options);
  const combinations = options.reduce((product, { values }) => product * values.length, 1);
  // Checked before they are created, because a dozen options can have more combinations than fit into memory.
  if (combinations > variantsMax) return { kind: "too-many", total: combinations };
  if (options.length === 0) return { kind: "generated", variants: [] };

  const known = new Set(existing.map((variant) => identityOf(variant.options)));
  const missing = combine(options).filter((values) => !known.has(identityOf(values)));
  const total = existing.length + missing.length;
  if (total > variantsMax) return { kind: "too-many", total };

  const taken = new Set([productSku, ...existing.map(({ sku }) => sku)]);
  const variants = missing.map((values) => {
    const sku = freeSku(productSku, Object.values(values), taken);
    taken.add(sku);
    return { sku, name: Object.values(values).join(nameSeparator), options: values };
  });
  return { kind: "generated", variants };
}

/** The options of variants with their values, in the order of their first occurrence. */
export function optionsOf(
  variants: readonly { readonly options: OptionValues }[],
): VariantOption[] {
  const values = new Map<string, Set<string>>();
  for (const { options } of variants) {
    for (const [name, value] of Object.entries(options)) {
      values.set(name, (values.get(name) ?? new Set()).add(value));
    }
  }
  return [...values].map(([name, occurring]) => ({ name, values: [...occurring] }));
}

function meaningful(options: readonly VariantOption[]): VariantOption[] {
  const merged = new Map<string, Set<string>>();
  for (const { name, values } of options) {
    const given = values.map((value) => value.trim()).filter((value) => value !== "");
    if (name.trim() === "" || given.length === 0) continue;
    const known = merged.get(name.trim()) ?? new Set();
    merged.set(name.trim(), new Set([...known, ...given]));
  }
  return [...merged].map(([name, values]) => ({ name, values: [...values] }));
}

function combine(options: readonly VariantOption[]): OptionValues[] {
  return options.reduce<OptionValues[]>(
    (combinations, { name, values }) =>
      combinations.flatMap((combination) =>
        values.map((value) => ({ ...combination, [name]: value })),
      ),
    [{}],
  );
}

/** A key for a combination of values. The order of the options makes no difference. */
function identityOf(options: OptionValues): string {
  return JSON.stringify(Object.entries(options).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** An unused SKU from the product's SKU and the values, such as MUG-RED-XL. */
function freeSku(
  productSku: string,
  values: readonly string[],
  taken: ReadonlySet<string>,
): string {
  const parts = values.map((value) =>
    value
      .toUpperCase()
      .replaceAll(/[^\p{L}\p{N}]+/gu, "-")
      .replaceAll(/^-|-$/g, ""),
  );
  const wanted = [productSku, ...parts.filter((part) => part !== "")].join("-");
  for (let attempt = 1; ; attempt += 1) {
    const ending = attempt === 1 && parts.some((part) => part !== "") ? "" : `-${attempt}`;
    const sku = cut(wanted, skuLengthMax - ending.length) + ending;
    if (!taken.has(sku)) return sku;
  }
}

/** Cuts to `length` UTF-16 units, without splitting a character or leaving a hyphen at the end. */
function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  let kept = "";
  for (const character of text) {
    if (kept.length + character.length > length) break;
    kept += character;
  }
  return kept.replace(/-+$/, "");
}
