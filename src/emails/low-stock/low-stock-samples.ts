// Believable data for every shape of a low-stock mail.

import type { MailSample } from "../templating/mail-template.ts";
import type { LowStockMail } from "./low-stock-mail.ts";

const adminUrl = "https://shop.example.com/admin";

const mugs = {
  sku: "MUG-350",
  name: "Stoneware Mug 350 ml",
  adminUrl: `${adminUrl}/products/MUG-350`,
};
const shirts = { sku: "TEE", name: "Organic T-Shirt", adminUrl: `${adminUrl}/products/TEE` };
const blueShirt = { sku: "TEE-BLUE-M", name: "Blue / M" };

const base = {
  store: { name: "Corner Shop", adminUrl },
  cause: "an adjustment",
  soldLast7Days: 18,
  recipient: { name: "Ada", email: "ada@example.com" },
  alert: { id: "1042", openedAt: "2026-03-14T09:26:00Z", adminUrl: `${adminUrl}/alerts/1042` },
};

/** The states of a sample: `held back` has units that the threshold keeps from being sold. */
const states = {
  low: { unitsInStock: 4, state: "low" },
  "held back": { unitsInStock: 4, state: "out" },
  out: { unitsInStock: 0, state: "out" },
} as const;

/**
 * The samples: low and out, of a product and of a variant, caused by an order or by a person. Two are held back. They are
 * few, because a save of an override renders them all.
 */
export const lowStockSamples: readonly MailSample<LowStockMail>[] = [
  ...(["low", "out"] as const).flatMap((state) =>
    (["product", "variant"] as const).flatMap((kind) =>
      [true, false].map((byOrder) => buildSample(state, kind, byOrder)),
    ),
  ),
  buildSample("held back", "product", true),
  buildSample("held back", "variant", false),
];

function buildSample(
  state: keyof typeof states,
  kind: "product" | "variant",
  byOrder: boolean,
): MailSample<LowStockMail> {
  const product = kind === "product" ? mugs : shirts;
  const variant = kind === "product" ? null : blueShirt;
  const hasRisen = state === "held back" && !byOrder;
  return {
    title: `${kind}, ${state}, ${byOrder ? "through an order" : "without an order"}`,
    data: {
      ...base,
      product,
      variant,
      holder:
        variant === null
          ? { kind: "product", sku: product.sku, name: product.name }
          : { kind: "variant", sku: variant.sku, name: variant.name },
      stock: { ...states[state], threshold: 5, unitsSince: hasRisen ? 24 : null },
      changedBy: byOrder ? null : "Grace",
      incoming: byOrder ? null : { units: 60, nextAt: "2026-03-20T12:00:00Z" },
      order: byOrder ? { reference: "R-20418", adminUrl: `${adminUrl}/orders/R-20418` } : null,
    },
  };
}
