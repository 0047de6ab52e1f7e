// Lets a BullMQ worker keep time for the locks of its jobs only while it has jobs. By itself it looks every 750 ms whether
// a lock is to be renewed: the five workers of an idle process woke it seven times a second.

/** What a worker renews locks with, as far as it is needed here. */
type Locks<Job extends readonly unknown[], Signal> = {
  /** Begins to keep time, unless it is closed. */
  start(): void;
  getActiveJobCount(): number;
  trackJob(...job: Job): Signal;
};

/** BullMQ's own method that sets its timer. The timer calls it again when it has fired. */
const setTimer = "startLockExtenderTimer";

/**
 * Changes a worker's locks so that the timer is set when a job begins, and not again once there is none. Throws if this
 * version of BullMQ has another way to renew them.
 */
export function renewHeldLocks<Job extends readonly unknown[], Signal>(
  locks: Locks<Job, Signal>,
): void {
  const set: unknown = Reflect.get(locks, setTimer);
  if (typeof set !== "function") {
    throw new Error(`Expected BullMQ's lock manager to have ${setTimer}; this version has not.`);
  }
  // BullMQ's own `isRunning()` is not asked: it stays true after the timer has fired and was not set again.
  let isSet = false;
  Reflect.set(locks, setTimer, () => {
    isSet = locks.getActiveJobCount() > 0;
    if (isSet) Reflect.apply(set, locks, []);
  });
  const track = locks.trackJob.bind(locks);
  locks.trackJob = (...job) => {
    const signal = track(...job);
    if (!isSet) locks.start();
    return signal;
  };
}
