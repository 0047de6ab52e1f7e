// Why a count can't be read or changed. Thrown, so that the transaction in which it is found out rolls back.

/** The reasons, with what somebody needs to know to do better. `sku` is the one that was asked for. */
export type StockRefusal =
  | { readonly kind: "unknown-sku"; readonly sku: string }
  | { readonly kind: "not-tracked"; readonly sku: string }
  | {
      readonly kind: "stale";
      readonly sku: string;
      readonly expectedUnits: number;
      readonly unitsInStock: number;
    }
  | {
      readonly kind: "below-zero";
      readonly sku: string;
      readonly unitsInStock: number;
      readonly unitsAfter: number;
    };

/** A refusal to read or change a count. */
export class StockRefusedError extends Error {
  override readonly name = "StockRefusedError";
  readonly refusal: StockRefusal;

  constructor(refusal: StockRefusal) {
    super(`The stock of ${refusal.sku} was not changed: ${refusal.kind}.`);
    this.refusal = refusal;
  }
}
