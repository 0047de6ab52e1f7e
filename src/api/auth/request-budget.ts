// Limits how many requests a key may send per second: a token bucket per key and process. Every order passes it, so a
// request costs only one look-up and some arithmetic.

/** The token buckets of all callers. */
export type RequestBudget = {
  /** Takes one request. Returns 0, or the seconds to wait if the budget is used up. `now` is in milliseconds. */
  take(caller: string, now: number): number;
};

type Bucket = { tokens: number; filledAt: number };

/** How many buckets are kept. Only valid keys have one. A dropped bucket starts full again. */
const bucketsMax = 10_000;

/** Creates buckets of `perSecond` requests per second, with bursts of up to `perSecond` requests. */
export function createRequestBudget(perSecond: number): RequestBudget {
  const buckets = new Map<string, Bucket>();
  return {
    take(caller, now) {
      const bucket = buckets.get(caller) ?? open(buckets, caller, perSecond, now);
      const elapsed = Math.max(0, now - bucket.filledAt);
      bucket.tokens = Math.min(perSecond, bucket.tokens + (elapsed * perSecond) / 1_000);
      bucket.filledAt = now;
      if (bucket.tokens < 1) return Math.ceil((1 - bucket.tokens) / perSecond);
      bucket.tokens -= 1;
      return 0;
    },
  };
}

function open(buckets: Map<string, Bucket>, caller: string, tokens: number, now: number): Bucket {
  if (buckets.size >= bucketsMax) {
    const [oldest] = buckets.keys();
    if (oldest !== undefined) buckets.delete(oldest);
  }
  const bucket = { tokens, filledAt: now };
  buckets.set(caller, bucket);
  return bucket;
}
