// How many requests one key may send per second: a token bucket per key, in this process. It sits on the
// path of every order, so a request costs one look-up and some arithmetic.

/** Takes one request out of a caller's budget. */
export type RequestBudget = {
  /** Seconds until the caller may go on, or 0 where the request is within the budget. `now` in ms. */
  take(caller: string, now: number): number;
};

type Bucket = { tokens: number; filledAt: number };

/** Buckets kept at most. Only holders of valid keys have one; the oldest are forgotten, and so are full. */
const bucketsMax = 10_000;

/** Creates a budget of `perSecond` requests, with bursts of one second's worth. */
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
