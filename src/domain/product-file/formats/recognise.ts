// Recognises the format of a file by its header.

import { quoted } from "../../quoted.ts";
import type { FileFault } from "../fault-list.ts";
import { placeOf } from "./columns.ts";
import type { FileKind, FormatName, Sheet } from "./format.ts";
import { magentoProducts } from "./magento.ts";
import { magentoSources } from "./magento-sources.ts";
import { prestaShopProducts } from "./prestashop.ts";
import { prestaShopCombinations } from "./prestashop-combinations.ts";
import { shopifyProducts } from "./shopify.ts";
import { shopifyInventory } from "./shopify-inventory.ts";
import { wooCommerceProducts } from "./woocommerce.ts";

/** The kinds of files of other systems. The first one that a header fits is taken, so the stricter ones come first. */
export const fileKinds: readonly FileKind[] = [
  shopifyProducts,
  shopifyInventory,
  wooCommerceProducts,
  magentoProducts,
  magentoSources,
  prestaShopCombinations,
  prestaShopProducts,
];

/** The kind of a file, or why the format that a person named does not fit. */
export type Recognised =
  | { readonly kind: "tallyman" }
  | { readonly kind: "other"; readonly file: FileKind; readonly by: readonly string[] }
  | { readonly kind: "fault"; readonly fault: FileFault };

/** Recognises a header. What fits no other system is a file of Tallyman, whose columns are checked one by one. */
export function recognise(
  { head, headLine }: Pick<Sheet, "head" | "headLine">,
  named: FormatName | undefined,
): Recognised {
  if (named === "tallyman") return { kind: "tallyman" };
  const candidates = fileKinds.filter(({ format }) => named === undefined || format === named);
  for (const file of candidates) {
    const places = file.marks.map((names) => placeOf(head, names));
    if (places.includes(-1)) continue;
    return { kind: "other", file, by: places.map((place) => head[place] ?? "") };
  }
  if (named === undefined) return { kind: "tallyman" };
  const expected = candidates.map(
    ({ title, marks }) =>
      `${title} has ${marks.map(([first = "", ...others]) => (others.length === 0 ? first : `${first} (or ${others.join(", ")})`)).join(", ")}`,
  );
  const detail = `Expected the columns of a file of ${named}: ${expected.join("; ")}. Got ${head.slice(0, 12).map(quoted).join(", ")}.`;
  return { kind: "fault", fault: { line: headLine, column: null, detail } };
}
