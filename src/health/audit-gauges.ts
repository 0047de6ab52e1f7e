// Metrics of the last audit. `tallyman audit` is another process, so they are read from where it stores its outcome.

import type { Gauge } from "@prometheus-io/client";
import type { LastRun } from "../db/audit/runs.ts";

/** Creates a gauge named `tallyman_` and this name. */
export type AddGauge = (
  name: string,
  help: string,
  labelNames?: readonly string[],
) => Gauge<string>;

/** Adds the gauges. Call the returned function with the last run, or with null if there was none. */
export function addAuditGauges(gauge: AddGauge): (run: LastRun | null) => void {
  const lastRun = gauge(
    "audit_last_run_timestamp_seconds",
    "When the last audit ended, as a Unix time; 0 if there was none",
  );
  const lastHeld = gauge(
    "audit_last_held_timestamp_seconds",
    "When the last audit ended that found no violation, as a Unix time; 0 if there was none",
  );
  const duration = gauge("audit_duration_seconds", "How long the last audit took");
  const held = gauge("audit_held", "1 if the last audit found no violation, else 0");
  const violations = gauge("audit_violations", "Violations that the last audit found", [
    "invariant",
  ]);
  return (run) => {
    lastRun.set(unixTime(run?.endedAt));
    lastHeld.set(unixTime(run?.heldAt));
    // Without a run there is nothing to alarm about but the times.
    duration.set(run?.seconds ?? Number.NaN);
    held.set(run === null ? Number.NaN : Number(run.held));
    violations.reset();
    for (const [invariant, faults] of Object.entries(run?.faults ?? {})) {
      violations.set({ invariant }, faults);
    }
  };
}

function unixTime(at: Date | null | undefined): number {
  return at === null || at === undefined ? 0 : at.getTime() / 1_000;
}
