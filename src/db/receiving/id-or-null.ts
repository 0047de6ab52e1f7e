// Receipts and expected deliveries are found by their reference or by their id, with one address for both.

import * as z from "zod";

const idSchema = z.uuid();

/** The text if it has the form of an id, else null, because PostgreSQL refuses to compare any other text with one. */
export function idOrNull(key: string): string | null {
  return idSchema.safeParse(key).data ?? null;
}
