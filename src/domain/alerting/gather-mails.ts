// Decides whether the mails about alerts that wait for a person go out one by one or as one mail. So somebody whose
// whole shelf runs low gets one mail, and the mail server is not asked for hundreds.

/** The limits, besides those that the configuration sets. */
export const gatherLimits = { minuteMs: 60_000, longestMs: 30_000 } as const;

/** How long mails wait for others, in milliseconds, and how many a person gets one by one within a minute. */
export type GatherSettings = { readonly gatherMs: number; readonly perMinute: number };

/** The mails that wait for a person and may go out now: at least one. */
export type WaitingMails = {
  readonly count: number;
  readonly oldestAt: Date;
  readonly newestAt: Date;
  /** Whether the person gets one mail a day. */
  readonly isDaily: boolean;
  /** When mails went out one by one within the last minute, in any order. */
  readonly singlesAt: readonly Date[];
  /** When mails last went out as one; null if they never did. */
  readonly togetherAt: Date | null;
};

/** The decision: each alone, all as one mail, or looked at again at a later time. */
export type GatherDecision =
  | { readonly kind: "each" }
  | { readonly kind: "together" }
  | { readonly kind: "wait"; readonly until: Date };

/**
 * Decides about mails that wait for one person. They wait until no further one has come for `gatherMs`, for half a minute
 * at most. Within a minute a person gets `perMinute` mails one by one and then one with all others, which is the last one
 * for a minute.
 */
export function decideGathering(
  waiting: WaitingMails,
  { gatherMs, perMinute }: GatherSettings,
  now: Date,
): GatherDecision {
  const { count, oldestAt, newestAt, isDaily, singlesAt, togetherAt } = waiting;
  if (isDaily) return { kind: "together" };
  const { minuteMs, longestMs } = gatherLimits;
  const settledAt = Math.min(newestAt.getTime() + gatherMs, oldestAt.getTime() + longestMs);
  if (settledAt > now.getTime()) return { kind: "wait", until: new Date(settledAt) };
  const restsUntil = togetherAt === null ? 0 : togetherAt.getTime() + minuteMs;
  if (restsUntil > now.getTime()) return { kind: "wait", until: new Date(restsUntil) };
  const recent = singlesAt.filter((at) => at.getTime() + minuteMs > now.getTime()).length;
  return { kind: count + recent <= perMinute ? "each" : "together" };
}
