// Turns Ctrl-C and SIGTERM into an abort signal, so that a command can stop what it started.

/** A signal stopped the command. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";
  readonly signal: "SIGINT" | "SIGTERM";

  constructor(signal: "SIGINT" | "SIGTERM", advice: string) {
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
 * Handles both signals from now on. `advice` is added to the message: what the operator can do after an interruption.
 * A second Ctrl-C changes nothing, because the command stops already, within a limited time.
 */
export function listenForInterruption(advice: string): Interruption {
  const controller = new AbortController();
  const happened = new Promise<void>((resolve) => {
    controller.signal.addEventListener("abort", () => resolve(), { once: true });
  });
  for (const name of ["SIGINT", "SIGTERM"] as const) {
    process.on(name, () => controller.abort(new Interrupted(name, advice)));
  }
  return { signal: controller.signal, happened };
}
