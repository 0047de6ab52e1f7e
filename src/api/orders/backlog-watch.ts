// Refuses orders when more come in than workers decide. While orders come in quickly, it looks once a second at how many
// wait; a shop that is not busy pays nothing. `backlog-limit.ts` decides.

import {
  type BacklogLimit,
  type BacklogLook,
  backlogMsMax,
  isAccepted,
  limitAfter,
} from "../../flow/backlog-limit.ts";
import { retryAfter } from "../../flow/retry-after.ts";
import { Problem } from "../http/problem.ts";

/** The watch of one process. */
export type BacklogWatch = {
  /** Counts a user's orders as accepted, or throws a 503 problem if they are too many. */
  accept(user: string, orders: number): void;
  /** Looks at the backlog, if orders come in quickly; to be called once a second unless it is at rest. Never rejects. */
  look(now: number): Promise<void>;
  /** Whether the next look would do nothing, because no orders have come in since the last one. */
  isAtRest(): boolean;
};

/** Reads how many orders wait, at most `countMax`, and a number that grows with each decision. */
export type ReadProgress = (
  countMax: number,
) => Promise<{ readonly pending: number; readonly decided: number }>;

/** Looks over which the pace of decisions is measured. */
const looksMax = 5;

/** Orders between two looks, from which on they come in quickly. */
const quickly = 100;

/** The most waiting orders that are counted: at least the first, and more if decisions are fast. */
const counted = { min: 20_000, max: 200_000 };

/** Creates a watch that has accepted nothing. `now` is in milliseconds. */
export function createBacklogWatch(
  read: ReadProgress,
  clock: () => number = () => performance.now(),
): BacklogWatch {
  let looks: BacklogLook[] = [];
  let limit: BacklogLimit | null = null;
  let accepted = 0;
  let acceptedAtLook = 0;
  let lookedAt = 0;
  let isReading = false;
  const byUser = new Map<string, number>();

  const accept = (user: string, orders: number): void => {
    if (limit !== null) {
      const own = byUser.get(user) ?? 0;
      byUser.set(user, own);
      const since = { ms: clock() - lookedAt, inAll: accepted - acceptedAtLook };
      if (!isAccepted(limit, { ...since, byUser: own, users: byUser.size })) throw tooMany(limit);
      byUser.set(user, own + orders);
    }
    accepted += orders;
  };

  const countMax = (): number => {
    const [first] = looks;
    const last = looks.at(-1);
    if (first === undefined || last === undefined || first === last) return counted.min;
    const perMs = (last.done - first.done) / Math.max(1, last.at - first.at);
    return Math.min(counted.max, Math.max(counted.min, Math.ceil(perMs * backlogMsMax * 2)));
  };

  const forget = (): void => {
    looks = [];
    limit = null;
  };
  const look = async (now: number): Promise<void> => {
    if (isReading) return;
    const isQuick = accepted - acceptedAtLook >= quickly;
    lookedAt = now;
    acceptedAtLook = accepted;
    byUser.clear();
    if (!isQuick && limit === null) {
      forget();
      return;
    }
    isReading = true;
    try {
      const { pending, decided } = await read(countMax());
      looks = [...looks, { at: now, undone: pending, done: decided, accepted }].slice(-looksMax);
      limit = limitAfter(limit, looks);
    } catch {
      // Whether the database takes orders shows when they are stored.
      forget();
    } finally {
      isReading = false;
    }
  };
  const isAtRest = (): boolean =>
    accepted === acceptedAtLook && limit === null && looks.length === 0 && !isReading;
  return { accept, look, isAtRest };
}

/** A watch that is looked at once a second while orders come in, until `stop` is called. */
export function lookEachSecond(backlog: BacklogWatch) {
  let looking: NodeJS.Timeout | undefined;
  const stop = (): void => {
    clearInterval(looking);
    looking = undefined;
  };
  const look = (): void => {
    void backlog.look(performance.now());
    if (backlog.isAtRest()) stop();
  };
  const accept = (user: string, orders: number): void => {
    looking ??= setInterval(look, 1_000).unref();
    backlog.accept(user, orders);
  };
  return { accept, stop };
}

function tooMany({ waitMs }: BacklogLimit): Problem {
  return new Problem(
    "unavailable",
    "More orders come in than are decided; nothing of this request was stored. Send the same request again later.",
    { headers: { "Retry-After": retryAfter(waitMs - backlogMsMax, Math.random()) } },
  );
}
