// How much each measurement does: enough for steady figures, or, with `--quick`, just enough to check the books.

/** The amounts of one run. Durations are in milliseconds. */
export type Amounts = {
  /** Rounds in which everything is measured once. */
  readonly rounds: number;
  /** Orders in a full queue. */
  readonly orders: number;
  /** Jobs in a full queue of the PostgreSQL backend, which is slower. */
  readonly embeddedOrders: number;
  /** Real baskets in a full queue, of about 21 lines each. */
  readonly baskets: number;
  /** Orders that pgbench's clients decide together. */
  readonly singleOrders: number;
  /** Orders that are stored already when growth is measured. */
  readonly storedOrders: number;
  /** Orders that wait when a worker's memory is measured, many and few. */
  readonly waiting: { readonly many: number; readonly few: number };
  /** How long load runs before it is measured, and while it is. */
  readonly load: { readonly warmupMs: number; readonly measureMs: number };
  /** The same for waits, which are told by the slowest hundredth: longer, until all code is compiled. */
  readonly wait: { readonly warmupMs: number; readonly measureMs: number };
  readonly through: { readonly warmupMs: number; readonly measureMs: number };
};

/** What the documented figures are taken with. */
export const fullAmounts: Amounts = {
  rounds: 3,
  orders: 40_000,
  embeddedOrders: 10_000,
  baskets: 6_000,
  singleOrders: 16_000,
  storedOrders: 5_000_000,
  waiting: { many: 100_000, few: 1_000 },
  load: { warmupMs: 5_000, measureMs: 8_000 },
  wait: { warmupMs: 12_000, measureMs: 10_000 },
  through: { warmupMs: 3_000, measureMs: 30_000 },
};

/** One to two minutes in all. The figures are rough; the books are checked all the same. */
export const quickAmounts: Amounts = {
  rounds: 1,
  orders: 4_000,
  embeddedOrders: 1_500,
  baskets: 600,
  singleOrders: 2_400,
  storedOrders: 50_000,
  waiting: { many: 5_000, few: 500 },
  load: { warmupMs: 300, measureMs: 1_000 },
  wait: { warmupMs: 300, measureMs: 1_000 },
  through: { warmupMs: 500, measureMs: 2_000 },
};
