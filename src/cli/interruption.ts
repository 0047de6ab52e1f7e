// Ctrl-C and SIGTERM while a command is at work: what it is doing ends, and what it started is stopped.

/** The command was told to stop. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";
  readonly signal: "SIGINT" | "SIGTERM";

  constructor(signal: "SIGINT" | "SIGTERM", advice: string) {
    super(`Stopped by ${signal}. ${advice}`);
    this.signal = signal;
  }
}

/** A command's ear for interruptions. */
export type Interruption = {
  /** Aborted with an `Interrupted` as its reason. */
  readonly signal: AbortSignal;
  /** Resolves when the command is told to stop. */
  readonly happened: Promise<void>;
};

/** Listens from now on. `advice` tells what follows from an interruption. A second Ctrl-C changes nothing: stopping is under way, and it is bounded. */
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
