// The problems of refused receipts and expected deliveries.

import type { UnreceivableLine, UnreceivableReason } from "../../domain/receiving/receipt.ts";
import { Problem } from "./problem.ts";

const quote = (text: string) => JSON.stringify(text);

/** What to say if there is no receipt or delivery. */
export const wordsForUnknownReceipts = {
  receipt: (key: string) =>
    `There is no receipt ${quote(key)}. GET /api/v1/receipts lists what there is.`,
  "expected delivery": (key: string) =>
    `There is no expected delivery ${quote(key)}. GET /api/v1/expected-deliveries lists what there is.`,
} as const;

const wordsForReason: Readonly<Record<UnreceivableReason, (sku: string) => string>> = {
  "unknown-sku": (sku) =>
    `Expected the SKU of a product or variant; there is none with ${quote(sku)}. Create it first, or leave the line out.`,
  "not-tracked": (sku) =>
    `Expected an item whose stock is tracked; that of ${quote(sku)} is not. Set trackInventory on its product, or leave the line out.`,
  hidden: (sku) =>
    `Expected an item that people can see; ${quote(sku)} is a variant, and its product's type has no variants. Give the product another type, or leave the line out.`,
  "variant-required": (sku) =>
    `Expected the SKU of one of the variants of ${quote(sku)}: each has units of its own, and the product itself is not sold.`,
};

/** The problem of lines whose units can't be received or expected. */
export function notReceivable(lines: readonly UnreceivableLine[]): Problem {
  const count = lines.length === 1 ? "1 line" : `${lines.length} lines`;
  return new Problem("validation-failed", `${count} can't be received; nothing was stored.`, {
    errors: lines.map(({ index, sku, fileLine, reason }) => {
      const detail = wordsForReason[reason](sku);
      return fileLine === undefined
        ? { pointer: `/lines/${index}/sku`, detail, code: reason }
        : { pointer: "/csv", detail: `Line ${fileLine}, sku: ${detail}`, code: reason };
    }),
  });
}

/** The problem of a reference that is taken. `current` is what is stored, as a GET answers it. */
export function referenceTaken(
  what: "receipt" | "expected delivery",
  reference: string,
  current: unknown,
): Problem {
  return new Problem(
    "conflict",
    `There is another ${what} with the reference ${quote(reference)}, with other content. Look at what is stored, and use another reference if this one is new.`,
    { extra: { current } },
  );
}
