// The facts that come with a problem: counts, SKUs, permissions. Each may be missing, and what can't be read is ignored,
// because a sentence without its number still helps.

import * as z from "zod";
import { permissions } from "../../domain/access/permissions.ts";
import { orderStatuses } from "../../domain/order/order-status.ts";

const units = z.int().optional().catch(undefined);
const text = z.string().optional().catch(undefined);

/** Reads the facts from a problem's members. */
export const factsSchema = z.object({
  code: text,
  unitsInStock: units,
  unitsAfter: units,
  products: units,
  membersMax: units,
  watchesMax: units,
  mailsMax: units,
  waitSeconds: units,
  product: text,
  reason: text,
  resource: text,
  orderStatus: z.enum(orderStatuses).optional().catch(undefined),
  permissions: z.array(z.enum(permissions)).optional().catch(undefined),
  skus: z
    .array(z.object({ sku: z.string(), product: z.string() }))
    .optional()
    .catch(undefined),
  belowZero: z
    .array(z.object({ sku: z.string(), unitsInStock: z.int() }))
    .optional()
    .catch(undefined),
});

/** The facts of one problem. */
export type Facts = z.output<typeof factsSchema>;
