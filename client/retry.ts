// When a failed request is sent again, as pure functions.

/** The first and the longest pause between two tries, in milliseconds. */
const pauses = { firstMs: 200, longestMs: 10_000 };

/** The longest pause that a service may ask for, in milliseconds. */
const askedMsMax = 60_000;

/** Whether the same request may succeed later: the service, or a proxy before it, is busy, restarts or has failed. */
export function isPassing(status: number): boolean {
  return status === 408 || status === 425 || status === 429 || status >= 500;
}

/**
 * The pause in milliseconds before a request is sent again. It doubles with each attempt, counted from 0, and is never
 * shorter than `askedMs`. `random`, from 0 to 1, spreads clients that failed together.
 */
export function pauseMs(attempt: number, askedMs: number, random: number): number {
  const doubled = Math.min(pauses.firstMs * 2 ** attempt, pauses.longestMs);
  return Math.max(askedMs, doubled / 2) + (random * doubled) / 2;
}

/** What a `Retry-After` header asks for (seconds or a date), in milliseconds; 0 if there is none that can be read. */
export function askedPauseMs(header: string | null, now: number): number {
  if (header === null) return 0;
  const ms = /^\d+$/.test(header.trim()) ? Number(header) * 1_000 : Date.parse(header) - now;
  return Number.isNaN(ms) ? 0 : Math.min(Math.max(ms, 0), askedMsMax);
}
