// How much each measurement does: enough for stable figures, or with `--quick` just enough to check the books.

/** The amounts of one run. Durations are in milliseconds. */
export type Amounts = {
  /** Rounds. In each, everything is measured once. */
  readonly rounds: number;
  /** Orders in a full queue. */
  readonly orders: number;
  /** Jobs in a full queue of the PostgreSQL backend, which is slower. */
  readonly embeddedOrders: number;
  /** Orders with real baskets in a full queue, with about 21 lines each. */
  readonly baskets: number;
  /** Orders of all of pgbench's clients together. */
  readonly singleOrders: number;
  /** Pre-orders that one receipt serves. */
  readonly preOrders: number;
  /** Stored orders when growth is measured. */
  readonly storedOrders: number;
  /** Waiting orders when a worker's memory is measured. */
  readonly waiting: { readonly many: number; readonly few: number };
  /** How long load runs before the measurement, and during it. */
  readonly load: { readonly warmupMs: number; readonly measureMs: number };
  /** The same for waits. Their p99 needs a longer warm-up, until V8 has compiled all code. */
  readonly wait: { readonly warmupMs: number; readonly measureMs: number };
  readonly through: { readonly warmupMs: number; readonly measureMs: number };
  /** How long more orders are sent than the system sustains, and how long it rests before its memory is read. */
  readonly overload: { readonly durationMs: number; readonly restMs: number };
};

/** The amounts of the documented figures. */
export const fullAmounts: Amounts = {
  rounds: 3,
  orders: 40_000,
  embeddedOrders: 10_000,
  baskets: 6_000,
  singleOrders: 16_000,
  preOrders: 10_000,
  storedOrders: 5_000_000,
  waiting: { many: 100_000, few: 1_000 },
  load: { warmupMs: 5_000, measureMs: 8_000 },
  wait: { warmupMs: 12_000, measureMs: 10_000 },
  through: { warmupMs: 3_000, measureMs: 30_000 },
  overload: { durationMs: 300_000, restMs: 60_000 },
};

/** Takes one to two minutes. The figures are rough, but the books are checked fully. */
export const quickAmounts: Amounts = {
  rounds: 1,
  orders: 4_000,
  embeddedOrders: 1_500,
  baskets: 600,
  singleOrders: 2_400,
  preOrders: 1_000,
  storedOrders: 50_000,
  waiting: { many: 5_000, few: 500 },
  load: { warmupMs: 300, measureMs: 1_000 },
  wait: { warmupMs: 300, measureMs: 1_000 },
  through: { warmupMs: 500, measureMs: 2_000 },
  overload: { durationMs: 4_000, restMs: 0 },
};
