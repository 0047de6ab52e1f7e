// Decides how many orders a process accepts per second when more come in than workers decide. Without a limit the clients
// would be told that their orders are accepted, and wait for minutes. All functions are pure: they take the time as a value.

/** What a process saw of the backlog. */
export type BacklogLook = {
  /** When, in milliseconds. */
  readonly at: number;
  /** Work that is not done yet. */
  readonly undone: number;
  /** All work that was done so far, by all processes. Only differences matter. */
  readonly done: number;
  /** All work that this process accepted so far. */
  readonly accepted: number;
};

/** A limit, and when it may end. */
export type BacklogLimit = { readonly perSecond: number; readonly waitMs: number };

/** How long accepted work waits at most while it is being done, in milliseconds. */
export const backlogMsMax = 10_000;

/** The limit ends when the wait is below this share of the longest. */
const easedShare = 0.8;

/** What workers do at least, as long as they have not shown their pace: 500 a second. */
const beginnersPerMs = 0.5;

/**
 * The limit after some looks, the oldest first, or null if there is none. If nothing is being done, there is none either:
 * the workers are stopped, for example for an update, and what is accepted is done when they run again. If workers may have
 * begun since the look before, they are taken to do 500 a second at least. Otherwise a process may accept its part of what
 * is done, and less if the backlog is above its bound.
 */
export function limitAfter(
  limit: BacklogLimit | null,
  looks: readonly BacklogLook[],
): BacklogLimit | null {
  const [first] = looks;
  const now = looks.at(-1);
  if (first === undefined || now === undefined || first === now) return null;
  const before = looks.at(-2) ?? first;
  if (limit === null && now.done === before.done) return null;
  // Workers that have just started are as fast as in the last look, and not as in the time before.
  const seenPerMs = Math.max(rateOf("done", before, now), rateOf("done", first, now));
  if (seenPerMs <= 0) return null;
  const isShown = limit !== null || workedBefore(looks);
  const donePerMs = isShown ? seenPerMs : Math.max(seenPerMs, beginnersPerMs);
  const waitMs = now.undone / donePerMs;
  if (waitMs <= backlogMsMax * easedShare) return null;
  const own = rateOf("accepted", first, now);
  const all = Math.max(own, rateOf("done", first, now) + rateOf("undone", first, now));
  const ownShare = all > 0 ? own / all : 1;
  if (waitMs <= backlogMsMax) return limit === null ? null : { ...limit, waitMs };
  const perMs = donePerMs * ownShare * (backlogMsMax / waitMs);
  return { perSecond: Math.max(1, perMs * 1_000), waitMs };
}

/** Whether work was done before the last two looks, so that workers ran in all the time between these. */
function workedBefore(looks: readonly BacklogLook[]): boolean {
  const [older, old] = [looks.at(-3), looks.at(-2)];
  return older !== undefined && old !== undefined && old.done > older.done;
}

function rateOf(what: "done" | "accepted" | "undone", from: BacklogLook, to: BacklogLook): number {
  return (to[what] - from[what]) / Math.max(1, to.at - from.at);
}

/** What was accepted since the last look. */
export type Accepted = {
  /** Milliseconds since then. */
  readonly ms: number;
  readonly inAll: number;
  readonly byUser: number;
  /** Users that have sent something since then, at least one. */
  readonly users: number;
};

/**
 * Whether a user's next request is accepted: if the limit is not used up, or if the user has taken less than an equal
 * part of it. So a user that floods uses up the limit for itself, and not for the others.
 */
export function isAccepted({ perSecond }: BacklogLimit, accepted: Accepted): boolean {
  const allowed = (perSecond * accepted.ms) / 1_000;
  return accepted.inAll <= allowed || accepted.byUser <= allowed / accepted.users;
}
