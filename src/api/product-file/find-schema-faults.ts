// Finds what the HTTP contract refuses of an imported product, in the words of the API.

import type { ProductEdit } from "../../domain/catalogue/product-edit.ts";
import type { Fault } from "../../domain/refusal.ts";
import { newProductSchema, productPatchSchema } from "../../contract/products.ts";
import { Problem } from "../http/problem.ts";
import { parsePart } from "../http/validate.ts";

/** Finds the faults of a body of `PUT /products/{sku}` if the product is new, else of `PATCH /products/{sku}`. */
export function findSchemaFaults(body: ProductEdit, isNew: boolean): readonly Fault[] {
  try {
    parsePart(isNew ? newProductSchema : productPatchSchema, body, "body");
    return [];
  } catch (error) {
    if (error instanceof Problem) return error.errors;
    throw error;
  }
}
