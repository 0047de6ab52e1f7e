// Why a person is told of an alert, or why not.

import type { MailMode } from "./mail-choice.ts";

/** What is known of a person and an item. */
export type Interest = {
  readonly isEnabled: boolean;
  /** Whether the person is in the alerted group. */
  readonly isAlerted: boolean;
  readonly watchesProduct: boolean;
  readonly watchesVariant: boolean;
  readonly watchesType: boolean;
  readonly mode: MailMode;
};

/** Why a person is told. */
export const toldBecause = [
  "store-managers",
  "watches-product",
  "watches-variant",
  "watches-type",
] as const;

/** Why a person is not told: the account is disabled, mails are off, or nothing makes the person interested. */
export const notToldBecause = ["disabled", "switched-off", "not-watching"] as const;

/** Whether a person is told, and the first reason. */
export type WhyTold =
  | { readonly isTold: true; readonly because: (typeof toldBecause)[number] }
  | { readonly isTold: false; readonly because: (typeof notToldBecause)[number] };

/** Says whether a person is told of the alerts of an item, and why. */
export function whyTold(interest: Interest): WhyTold {
  const { isEnabled, isAlerted, watchesProduct, watchesVariant, watchesType, mode } = interest;
  if (!isAlerted && !watchesProduct && !watchesVariant && !watchesType) {
    return { isTold: false, because: "not-watching" };
  }
  if (!isEnabled) return { isTold: false, because: "disabled" };
  if (mode === "off") return { isTold: false, because: "switched-off" };
  const because = isAlerted
    ? "store-managers"
    : watchesVariant
      ? "watches-variant"
      : watchesProduct
        ? "watches-product"
        : "watches-type";
  return { isTold: true, because };
}
