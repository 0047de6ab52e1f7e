// Reads alerts, and says what a person does about one.

import { queryOptions } from "@tanstack/react-query";
import * as z from "zod";
import { alertSchema, type AlertReply } from "../../contract/alerts.ts";
import { read, send } from "../http/request.ts";

/** How many alerts are open, for the navigation. */
export const openAlertCountQuery = queryOptions({
  queryKey: ["alerts", "open-count"],
  queryFn: async ({ signal }) => {
    const page = z.object({ data: z.array(z.unknown()) });
    const { data } = await read("/alerts", page, { query: { status: "open", limit: 100 }, signal });
    return { open: data.length };
  },
  refetchInterval: 30_000,
});

/** What a person says of an alert. What is left out stays as it is. */
export type Said = {
  readonly acknowledged?: boolean;
  readonly note?: string;
  readonly snoozedUntil?: string | null;
};

/** Says it. */
export function sayOfAlert(id: string, said: Said): Promise<AlertReply> {
  return send({ method: "PATCH", path: `/alerts/${id}`, body: said, answer: alertSchema });
}

/** The name of an alert's item. */
export function itemName({ product, variant }: AlertReply): string {
  return variant === null ? product.name : `${product.name}, ${variant.name}`;
}
