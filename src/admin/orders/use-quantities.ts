// The typed quantities of a form about an order's units, as the lines of its request, with their faults.

import { useState } from "react";
import type { ApiProblem } from "../http/api-problem.ts";
import { fieldPath } from "../forms/problem-fields.ts";
import {
  type ChangedTo,
  everything,
  type ItemLeft,
  type Quantities,
  quantityFault,
} from "./quantity-fields.tsx";

/** The state of the fields. */
export type QuantitiesState = {
  readonly quantities: Quantities;
  readonly setQuantities: (quantities: Quantities) => void;
  readonly lines: readonly { readonly sku: string; readonly quantity: number }[];
  readonly total: number;
  /** The faults of the fields, by SKU: those that the API reported, and after `check` also what can't be read. */
  readonly faultsWith: (problem: ApiProblem | null) => ReadonlyMap<string, string>;
  /** Whether a quantity is above its maximum. */
  readonly isTooMuch: boolean;
  /** Whether a field has a text that is no quantity. */
  readonly isUnread: boolean;
  /** Shows all faults. Returns whether the lines can be sent. */
  readonly check: () => boolean;
};

/** At first, every item has its maximum. */
export function useQuantities(items: readonly ItemLeft[], to: ChangedTo): QuantitiesState {
  const [quantities, setQuantities] = useState<Quantities>(() => everything(items));
  // The fields show their own faults. All faults are shown when the form is sent.
  const [isAsked, setIsAsked] = useState(false);
  const lines = items.flatMap(({ sku }) => {
    const quantity = quantities[sku];
    return typeof quantity === "number" && quantity !== 0 ? [{ sku, quantity }] : [];
  });
  const unread = items.flatMap(({ sku, left }): [string, string][] => {
    const fault = quantityFault(quantities[sku] ?? 0, left, to);
    return fault === null ? [] : [[sku, fault]];
  });
  return {
    quantities,
    setQuantities,
    lines,
    total: lines.reduce((sum, { quantity }) => sum + quantity, 0),
    faultsWith: (problem) => new Map([...faultsBySku(problem, lines), ...(isAsked ? unread : [])]),
    isTooMuch: items.some(({ sku, left }) => {
      const quantity = quantities[sku];
      return typeof quantity === "number" && quantity > left;
    }),
    isUnread: unread.length > 0,
    check: () => {
      setIsAsked(unread.length > 0);
      return lines.length > 0 && unread.length === 0;
    },
  };
}

/** The API reports faults by the request's line; the form shows them by SKU. */
function faultsBySku(
  problem: ApiProblem | null,
  lines: readonly { readonly sku: string }[],
): ReadonlyMap<string, string> {
  const faults = new Map<string, string>();
  for (const { pointer, words } of problem?.errors ?? []) {
    const sku = lines[Number(fieldPath(pointer).split(".")[1])]?.sku;
    if (sku !== undefined) faults.set(sku, words);
  }
  return faults;
}
