// Generates variants from options, as the store's manual has it: the full product of all option values, of
// which only those are new that no variant has yet.

/** An option with its values, such as `colour` with red and blue. */
export type VariantOption = { readonly name: string; readonly values: readonly string[] };

/** A variant's values, by the name of the option. */
export type OptionValues = Readonly<Record<string, string>>;

/** A variant to be created. */
export type GeneratedVariant = {
  readonly sku: string;
  readonly name: string;
  readonly options: OptionValues;
};

/** What is generated from. */
export type VariantGeneration = {
  readonly productSku: string;
  readonly options: readonly VariantOption[];
  /** The variants that there are; their SKUs are taken. */
  readonly existing: readonly { readonly sku: string; readonly options: OptionValues }[];
  /** How many variants a product may have in all. */
  readonly variantsMax: number;
};

/** The new variants, or how many there would be in all where that is too many. */
export type GenerationOutcome =
  | { readonly kind: "generated"; readonly variants: readonly GeneratedVariant[] }
  | { readonly kind: "too-many"; readonly total: number };

/** Stands between the values in a generated name: S / red. */
const nameSeparator = " / ";

/** The longest SKU that there may be. */
const skuLengthMax = 64;

/**
 * Generates the variants that are missing, in the order of the options' values. Options without a name or
 * without values don't count; a value that is given twice counts once.
 */
export function generateVariants(generation: VariantGeneration): GenerationOutcome {
  const { productSku, existing, variantsMax } = generation;
  const options = meaningful(generation.options);
  const combinations = options.reduce((product, { values }) => product * values.length, 1);
  // Counted before they are made: a dozen options have more combinations than memory has room for.
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

/** The options that variants have, with the values that occur, in the order in which they occur. */
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

/** Two variants are the same whatever the order of their options. */
function identityOf(options: OptionValues): string {
  return JSON.stringify(Object.entries(options).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** A SKU of the product's and the values, as people write them: MUG-RED-XL. */
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

/** Cuts to so many UTF-16 units without splitting a character or leaving a hyphen at the end. */
function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  let kept = "";
  for (const character of text) {
    if (kept.length + character.length > length) break;
    kept += character;
  }
  return kept.replace(/-+$/, "");
}
