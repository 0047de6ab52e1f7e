// The client's types agree with the schemas of the API. The compiler checks it: a line below is wrong if they part.

import { expect, expectTypeOf, it } from "vitest";
import type * as z from "zod";
import type * as client from "../../client/client.ts";
import type {
  availabilityCheckSchema,
  checkedAvailabilitySchema,
} from "../../src/contract/availability.ts";
import type { eventSchema } from "../../src/contract/events.ts";
import {
  type cancelOrRefundSchema,
  type newOrderSchema,
  type orderSchema,
  type paymentSchema,
  type restockRequestSchema,
} from "../../src/contract/orders.ts";
import type {
  adjustedStockSchema,
  movementSchema,
  stockLevelSchema,
} from "../../src/contract/stock.ts";
import type { bulkProductSchema, bulkSavedSchema } from "../../src/contract/bulk-products.ts";
import type {
  bulkAdjustedSchema,
  bulkAdjustmentSchema,
  stockAdjustmentSchema,
} from "../../src/contract/stock-adjustments.ts";
import { problemKinds } from "../../src/contract/problem.ts";
import { TallymanProblem } from "../../client/client.ts";

/** A type without `readonly`, at every depth. */
type Writable<T> = T extends object ? { -readonly [Key in keyof T]: Writable<T[Key]> } : T;

/** Whether a request of the client's type is one that the schema accepts, and has all of its fields. */
type Sends<Request, Schema extends z.ZodType> =
  Writable<Request> extends z.input<Schema>
    ? [keyof NonNullable<z.input<Schema>>] extends [keyof Request]
      ? true
      : false
    : false;

it("what the service answers is what the client says", () => {
  expectTypeOf<Writable<client.Order>>().toEqualTypeOf<z.output<typeof orderSchema>>();
  expectTypeOf<Writable<client.StockLevel>>().toEqualTypeOf<z.output<typeof stockLevelSchema>>();
  expectTypeOf<Writable<client.TallymanEvent>>().toEqualTypeOf<z.output<typeof eventSchema>>();
  expectTypeOf<Writable<client.CheckedAvailability>>().toEqualTypeOf<
    z.output<typeof checkedAvailabilitySchema>
  >();
  expectTypeOf<Writable<client.Movement>>().toEqualTypeOf<z.output<typeof movementSchema>>();
  expectTypeOf<Writable<client.AdjustedStock>>().toEqualTypeOf<
    z.output<typeof adjustedStockSchema>
  >();
  expectTypeOf<Writable<client.BulkAdjusted | client.RefusedItem>>().toEqualTypeOf<
    z.output<typeof bulkAdjustedSchema>["outcomes"][number]
  >();
  expectTypeOf<Writable<client.SavedProduct | client.RefusedItem>>().toEqualTypeOf<
    z.output<typeof bulkSavedSchema>["outcomes"][number]
  >();
});

it("what the client sends is what the service accepts", () => {
  expectTypeOf<Sends<client.NewOrder, typeof newOrderSchema>>().toEqualTypeOf<true>();
  expectTypeOf<Sends<client.GivenUp, typeof cancelOrRefundSchema>>().toEqualTypeOf<true>();
  expectTypeOf<Sends<client.Restock, typeof restockRequestSchema>>().toEqualTypeOf<true>();
  expectTypeOf<Sends<client.Payment, typeof paymentSchema>>().toEqualTypeOf<true>();
  expectTypeOf<Sends<client.BulkAdjustment, typeof bulkAdjustmentSchema>>().toEqualTypeOf<true>();
  expectTypeOf<Sends<client.BulkProduct, typeof bulkProductSchema>>().toEqualTypeOf<true>();
  expectTypeOf<Sends<client.Adjustment, typeof stockAdjustmentSchema>>().toEqualTypeOf<true>();
  expectTypeOf<
    Sends<{ lines: readonly client.Line[] }, typeof availabilityCheckSchema>
  >().toEqualTypeOf<true>();
});

it.each(Object.entries(problemKinds))("a problem of the kind %s is read", (kind, { status }) => {
  for (const type of [`urn:tallyman:problem:${kind}`, `https://shop.example/problems/${kind}`]) {
    const problem = new TallymanProblem({ status, body: { type }, requestId: null });
    expect(problem).toMatchObject({ kind, type, status });
  }
});
