// Queries for receipts and expected deliveries, and their addresses in the app.

import { type QueryClient, queryOptions } from "@tanstack/react-query";
import { deliverySchema } from "../../contract/expected-deliveries.ts";
import type { IncomingReply } from "../../contract/incoming.ts";
import { receiptSchema } from "../../contract/receipts.ts";
import { read, segment } from "../http/request.ts";
import { incoming as text } from "../words/en/incoming.ts";
import { day } from "../words/time.tsx";

/** One receipt, by its reference or its id. */
export function receiptQuery(key: string) {
  return queryOptions({
    queryKey: ["receipts", "one", key],
    queryFn: ({ signal }) => read(`/receipts/${segment(key)}`, receiptSchema, { signal }),
  });
}

/** The API's address of an expected delivery. */
export function deliveryPath(key: string): string {
  return `/expected-deliveries/${segment(key)}`;
}

/** One expected delivery, by its reference or its id. */
export function deliveryQuery(key: string) {
  return queryOptions({
    queryKey: ["expected-deliveries", "one", key],
    queryFn: ({ signal }) => read(deliveryPath(key), deliverySchema, { signal }),
  });
}

/** The app's address of a receipt. */
export function receiptAddress(id: string): string {
  return `/receipts/${segment(id)}`;
}

/** The app's address of an expected delivery, by its reference or its id. */
export function deliveryAddress(key: string): string {
  return `/expected-deliveries/${segment(key)}`;
}

/** The app's address of the form that receives units: those of a delivery, or of one SKU. */
export function newReceiptAddress(of: { readonly delivery: string } | { readonly sku: string }) {
  return `/new-receipt?${new URLSearchParams(of)}`;
}

/** Reads everything again that a receipt or a change of a delivery may have changed. */
export async function refreshReceiving(client: QueryClient): Promise<void> {
  const keys = ["receipts", "expected-deliveries", "products", "stock", "alerts", "pre-orders"];
  await Promise.all(keys.map((key) => client.invalidateQueries({ queryKey: [key] })));
}

/** Whether an open delivery should have arrived. */
export function isLate(
  { status, expectedAt }: { readonly status: "open" | "closed"; readonly expectedAt: string },
  now = Date.now(),
): boolean {
  return status === "open" && Date.parse(expectedAt) < now;
}

/** What is on its way, as a part of a sentence: "60 on the way, expected on 3 Dec". Null if nothing is. */
export function incomingWords(incoming: IncomingReply | undefined, now = Date.now()) {
  if (incoming === null || incoming === undefined) return null;
  const { units, nextAt } = incoming;
  const say = Date.parse(nextAt) < now ? text.late : text.inTime;
  return say(units, day(nextAt));
}
