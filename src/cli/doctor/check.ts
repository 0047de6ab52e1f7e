// What `tallyman doctor` finds: one line for each thing that it looked at, with what to do about it.

/** `warning`: the service works, but something should change. `failed`: it does not work like this. */
export type CheckState = "ok" | "warning" | "failed";

/** One line of the doctor. */
export type Check = {
  readonly about: string;
  readonly state: CheckState;
  /** What is there, as sentences. */
  readonly says: string;
  /** What to do, as a sentence; null if nothing is to do. */
  readonly todo: string | null;
};

/** Makes the lines about one thing. */
export function checksAbout(about: string) {
  return {
    ok: (says: string): Check => ({ about, state: "ok", says, todo: null }),
    warning: (says: string, todo: string): Check => ({ about, state: "warning", says, todo }),
    failed: (says: string, todo: string): Check => ({ about, state: "failed", says, todo }),
  };
}

/** How far two clocks may differ, in milliseconds: beyond the first a warning, beyond the second a failure. */
const clockMs = { warning: 2_000, failed: 60_000 };

/** The line about the clock of a server, from how far it is ahead of this machine's. */
export function clockCheck(server: string, aheadMs: number): Check {
  const { ok, warning, failed } = checksAbout("clock");
  const differs = Math.abs(aheadMs);
  if (differs <= clockMs.warning) return ok(`The clocks of ${server} and this machine agree.`);
  const says = `The clock of ${server} is ${(differs / 1_000).toFixed(1)} s ${aheadMs > 0 ? "ahead of" : "behind"} this machine's.`;
  const todo =
    "Set both by NTP: times for payment, ends of logins and codes of second factors depend on them.";
  return differs > clockMs.failed ? failed(says, todo) : warning(says, todo);
}
