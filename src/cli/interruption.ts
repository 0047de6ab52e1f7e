// Turns Ctrl-C, SIGTERM and a closed terminal into an abort signal, so that a command can stop what it started.

/** The signals that stop a command. SIGHUP comes when its terminal closes. */
export const stopSignals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** One of them. */
export type StopSignal = (typeof stopSignals)[number];

/** A signal stopped the command. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";
  readonly signal: StopSignal;

  constructor(signal: StopSignal, advice: string) {
    super(`Stopped by ${signal}. ${advice}`);
    this.signal = signal;
  }
}

/** Whether, and when, a command is interrupted. */
export type Interruption = {
  /** Aborted with an `Interrupted` as its reason. */
  readonly signal: AbortSignal;
  /** Resolves when the command is interrupted. */
  readonly happened: Promise<void>;
};

/**
 * Handles these signals from now on. `advice` is added to the message: what the operator can do after an interruption.
 * A second Ctrl-C changes nothing, because the command stops already, within a limited time.
 */
export function listenForInterruption(advice: string): Interruption {
  const controller = new AbortController();
  const happened = new Promise<void>((resolve) => {
    controller.signal.addEventListener("abort", () => resolve(), { once: true });
  });
  for (const name of stopSignals) {
    process.on(name, () => controller.abort(new Interrupted(name, advice)));
  }
  return { signal: controller.signal, happened };
}
