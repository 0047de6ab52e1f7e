// Checks an imported product against the schemas of the HTTP contract.

import type { ProductEdit } from "../../domain/catalogue/product-edit.ts";
import type { Fault } from "../../domain/refusal.ts";
import { newProductSchema, productPatchSchema } from "../../contract/products.ts";
import { Problem } from "../http/problem.ts";
import { parsePart } from "../http/validate.ts";

/** Finds the faults of a body of `PUT /products/{sku}` for a new product, or of `PATCH /products/{sku}` otherwise. */
export function findSchemaFaults(body: ProductEdit, isNew: boolean): readonly Fault[] {
  try {
    parsePart(isNew ? newProductSchema : productPatchSchema, body, "body");
    return [];
  } catch (error) {
    if (error instanceof Problem) return error.errors;
    throw error;
  }
}
