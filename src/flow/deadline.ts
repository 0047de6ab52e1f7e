// Limits how long a promise is awaited.

/** A promise did not settle in time. */
export class DeadlineError extends Error {
  override readonly name = "DeadlineError";
}

/** Settles as the promise does, or rejects with a `DeadlineError` after `ms` milliseconds. `what` names the act. */
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

/** Returns how much time is left, or a share (0 to 1) of it, in milliseconds; never less than 0. */
export type TimeLeft = (share?: number) => number;

/** Starts a countdown of `ms` milliseconds. */
export function countDown(ms: number): TimeLeft {
  const endsAt = performance.now() + ms;
  return (share = 1) => Math.max(0, (endsAt - performance.now()) * share);
}

/** Resolves with whether the promise was fulfilled or rejected within `ms` milliseconds. */
export async function settlesInTime(promise: Promise<unknown>, ms: number): Promise<boolean> {
  try {
    await withDeadline(promise, ms, "settling");
    return true;
  } catch (error) {
    return !(error instanceof DeadlineError);
  }
}
