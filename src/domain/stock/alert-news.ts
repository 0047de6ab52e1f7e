// Decides whether a piece of an alert's news is told. Each opening and each worsening is told once. A holder that goes up
// and down is told a few times a day of the same state, and then once more when it rests.

const hourMs = 3_600_000;

/**
 * The limits. In any `dayMs` milliseconds at most `perDay` pieces of news of the same holder and state are told at once,
 * and one more when the state has held for `restMs` milliseconds.
 */
export const newsLimits = { dayMs: 24 * hourMs, perDay: 3, restMs: 4 * hourMs } as const;

/** A piece of news that nobody was told of yet. */
export type UntoldNews = {
  /** Whether its state still holds: the alert has it now, and units did not rise above its level in between. */
  readonly holds: boolean;
  /** Whether an earlier check let it wait. */
  readonly waited: boolean;
  /** When the alert last opened, worsened or eased. */
  readonly changedAt: Date;
  /** When news of the same holder and state were told, in any order. */
  readonly toldAt: readonly Date[];
};

/** The decision: tell it, look at it again at a later time, or leave it untold for good. */
export type NewsDecision =
  | { readonly kind: "tell" }
  | { readonly kind: "wait"; readonly until: Date }
  | { readonly kind: "leave" };

/** Decides about a piece of news. News within the limit are told even if units have risen since. */
export function decideNews(news: UntoldNews, now: Date): NewsDecision {
  const { dayMs, perDay, restMs } = newsLimits;
  const recent = news.toldAt
    .map((at) => at.getTime() + dayMs)
    .filter((forgotten) => forgotten > now.getTime())
    .toSorted((one, other) => one - other);
  const isWithinLimit = recent.length < perDay;
  if (isWithinLimit && !news.waited) return { kind: "tell" };
  if (!news.holds) return { kind: "leave" };
  const restsAt = news.changedAt.getTime() + restMs;
  const mayRest = recent.length === perDay;
  if (isWithinLimit || (mayRest && restsAt <= now.getTime())) return { kind: "tell" };
  const [oldest = now.getTime() + dayMs] = recent;
  return { kind: "wait", until: new Date(mayRest ? Math.min(oldest, restsAt) : oldest) };
}
