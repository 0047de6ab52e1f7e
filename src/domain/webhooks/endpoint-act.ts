// What becomes of an endpoint when somebody pauses, resumes, disables or moves it.

import type { LaneBehind, PauseReason, Progress, WebhookStatus } from "./endpoint.ts";

/** An endpoint as the acts need it. Places are decimal text. */
export type ActedEndpoint = Progress & {
  readonly status: WebhookStatus;
  readonly pausedBecause: PauseReason | null;
};

/**
 * What somebody asks for. `from` is the place after which it goes on; null: where it stopped. `latest` is the end of the
 * feed, at which a disabled endpoint starts.
 */
export type EndpointAct =
  | { readonly kind: "pause" }
  | { readonly kind: "disable" }
  | { readonly kind: "resume"; readonly from: string | null; readonly latest: string }
  | { readonly kind: "replay"; readonly from: string };

/** The endpoint after an act, or why the act is refused. */
export type ActOutcome =
  | { readonly kind: "unchanged" }
  | { readonly kind: "disabled" }
  | { readonly kind: "changed"; readonly endpoint: ActedEndpoint };

/**
 * Decides about an act. `disabled`: it is refused, because a disabled endpoint has no place to keep or move. Pausing what
 * is paused, and disabling what is disabled, changes nothing. Whoever resumes an active endpoint lets it try at once what
 * waits for its next attempt. Failures are counted anew then, so that three days of them do not pause it again at once.
 */
export function actOnEndpoint(endpoint: ActedEndpoint, act: EndpointAct): ActOutcome {
  const { status, pausedBecause, place, lanes } = endpoint;
  switch (act.kind) {
    case "pause":
      if (status === "disabled") return { kind: "disabled" };
      if (status === "paused") return { kind: "unchanged" };
      return changed({ status: "paused", pausedBecause: "person", place, lanes });
    case "disable":
      if (status === "disabled") return { kind: "unchanged" };
      return changed({ status: "disabled", pausedBecause: null, place, lanes: [] });
    case "resume": {
      const from = act.from ?? (status === "disabled" ? act.latest : null);
      const active = { status: "active", pausedBecause: null } as const;
      if (from === null) return changed({ ...active, place, lanes: lanes.map(counted) });
      return changed({ ...active, place: from, lanes: [] });
    }
    case "replay":
      if (status === "disabled") return { kind: "disabled" };
      return changed({ status, pausedBecause, place: act.from, lanes: [] });
  }
}

const changed = (endpoint: ActedEndpoint): ActOutcome => ({ kind: "changed", endpoint });

/** A lane whose next event is tried at once, for the first time again. */
const counted = ({ lane, place }: LaneBehind): LaneBehind => ({
  lane,
  place,
  attempts: 0,
  failingSince: null,
  nextAt: null,
});

/** The place up to which every lane has delivered everything. */
export function leastPlace({ place, lanes }: Progress): string {
  return lanes.reduce(
    (least, lane) => (BigInt(lane.place) < BigInt(least) ? lane.place : least),
    place,
  );
}
