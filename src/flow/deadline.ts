// Waits for something that may never happen, but not for ever.

/** What was waited for did not happen in time. */
export class DeadlineError extends Error {
  override readonly name = "DeadlineError";
}

/** Settles as the promise does, or rejects with a `DeadlineError` once the time is up. `what` names it. */
export async function withDeadline<T>(promise: Promise<T>, ms: number, what: string): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    late.reject(new DeadlineError(`No answer within ${ms} ms: ${what}.`));
  }, ms);
  try {
    return await Promise.race([promise, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

/** Tells how much of a time is left, in milliseconds, or a share of what is left; never less than 0. */
export type TimeLeft = (share?: number) => number;

/** Starts a countdown. */
export function countDown(ms: number): TimeLeft {
  const endsAt = performance.now() + ms;
  return (share = 1) => Math.max(0, (endsAt - performance.now()) * share);
}

/** Resolves with whether the promise settled in time, in whichever way. */
export async function settlesInTime(promise: Promise<unknown>, ms: number): Promise<boolean> {
  try {
    await withDeadline(promise, ms, "settling");
    return true;
  } catch (error) {
    return !(error instanceof DeadlineError);
  }
}
