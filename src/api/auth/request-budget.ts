// Limits how many requests a key may send per second: a token bucket per key and process. Every order passes it, so a
// request costs only one look-up and some arithmetic.

/** What a request found in its caller's bucket. */
export type Taken = {
  /** 0, or the seconds to wait if the budget is used up. */
  readonly waitSeconds: number;
  /** How many more requests are let through at once. */
  readonly left: number;
};

/** The token buckets of all callers. */
export type RequestBudget = {
  /** Takes one request. `now` is in milliseconds. */
  take(caller: string, now: number): Taken;
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
      if (bucket.tokens < 1) {
        return { waitSeconds: Math.ceil((1 - bucket.tokens) / perSecond), left: 0 };
      }
      bucket.tokens -= 1;
      return { waitSeconds: 0, left: Math.floor(bucket.tokens) };
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
