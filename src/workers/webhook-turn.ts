// Delivers to one endpoint for a while: reads the feed for its lanes, posts what they have, and saves how far they got.

import type { Pool } from "pg";
import { readHorizon } from "../db/feed/horizon.ts";
import { readFeed } from "../db/feed/read-feed.ts";
import { tellEvent, type ToldEvent } from "../db/feed/tell-event.ts";
import type { WrittenMail } from "../db/alerts/write-low-stock-mails.ts";
import { pauseEndpoint } from "../db/webhooks/pause-endpoint.ts";
import { type LoggedAttempt, saveTurn, type Turn } from "../db/webhooks/turn.ts";
import type { ComposePausedMail } from "../db/webhooks/write-webhook-paused-mails.ts";
import { lanesOf, type PauseReason } from "../domain/webhooks/endpoint.ts";
import { laneKeyOf, laneOf } from "../domain/webhooks/lane-key.ts";
import { createLanes, type LaneRead } from "../domain/webhooks/lanes.ts";
import { isGivenUp, pauseMs } from "../domain/webhooks/retries.ts";
import { slackLinesMax } from "../domain/webhooks/slack-text.ts";
import { asError } from "../flow/as-error.ts";
import type { Attempt, Message, Post } from "../webhooks/message.ts";

/** What a turn needs besides its endpoint. */
export type TurnOptions = {
  readonly post: Post;
  /** Resolves when the next message may be posted. */
  readonly pace: () => Promise<void>;
  /** Makes the message that tells an endpoint of events: one, or for Slack several. */
  readonly compose: (turn: Turn, events: readonly ToldEvent[]) => Message;
  /** Aborted when the process stops: nothing more is begun, and what is under way gets a short time. */
  readonly stop: AbortSignal;
  /** How long a stopping process waits for what is under way, in milliseconds. */
  readonly graceMs: number;
  /** Makes the mail that says that the service paused the endpoint. */
  readonly composePaused: ComposePausedMail;
  /** Called if the service paused the endpoint, with the reason and the mails that were written. */
  readonly onPaused: (turn: Turn, because: PauseReason, mails: readonly WrittenMail[]) => void;
  /** Called for each attempt. */
  readonly onAttempt: (outcome: "delivered" | "failed") => void;
};

/** What a turn did. */
export type TurnResult = { readonly delivered: number; readonly failed: number };

/** How long a turn begins new deliveries, and how often it saves, in milliseconds; and the events of a page. */
const limits = { turnMs: 10_000, saveMs: 1_000, page: 500 };

/** The log has each failure and a sample of the deliveries: so many of one save. */
const loggedOfSave = 20;

type Waiting = { readonly place: string; readonly event: ToldEvent };

/**
 * Runs a turn until nothing is left to do, its time is over, or somebody else changed the endpoint. Rejects if the
 * database does not answer; what was not saved is then delivered again.
 */
export async function runTurn(
  pool: Pool,
  turn: Turn,
  { post, pace, compose, stop, graceMs, composePaused, onPaused, onAttempt }: TurnOptions,
): Promise<TurnResult> {
  const { place: upTo } = await readHorizon(pool);
  const count = lanesOf[turn.channel];
  const most = turn.channel === "slack" ? slackLinesMax : 1;
  const lanes = createLanes<Waiting>(turn, count, Date.now());
  const endsAt = performance.now() + limits.turnMs;
  const cut = new AbortController();
  const done = Promise.withResolvers<void>();
  const result = { delivered: 0, failed: 0 };
  const log = createAttemptLog();
  let under = 0;
  let isReading = false;
  let isSaving = false;
  let savedAt = performance.now();
  let pausing: PauseReason | null = null;
  let grace: NodeJS.Timeout | undefined;

  const mayBegin = (): boolean =>
    !cut.signal.aborted && !stop.aborted && pausing === null && performance.now() < endsAt;

  /** Runs an act beside the others; a failure ends the turn. */
  const beside = (act: () => Promise<void>): void => {
    under += 1;
    void act()
      .catch((error: unknown) => {
        cut.abort();
        done.reject(asError(error));
      })
      .finally(() => {
        under -= 1;
        step();
      });
  };

  const step = (): void => {
    if (mayBegin()) {
      const read = isReading ? null : lanes.nextRead(upTo);
      if (read !== null) beside(() => readPage(read));
      for (const lane of lanes.ready()) beside(() => deliver(lane));
      if (!isSaving && performance.now() - savedAt >= limits.saveMs) beside(save);
    }
    if (under === 0) done.resolve();
  };

  const readPage = async (read: LaneRead): Promise<void> => {
    isReading = true;
    try {
      const types = turn.types ?? undefined;
      const page = await readFeed(pool, { after: read.after, upTo, types, limit: limits.page });
      const events = page.events.map(tellEvent).map((event) => ({ place: event.id, event }));
      lanes.take(read, { events, place: page.place }, ({ event }) =>
        laneOf(laneKeyOf(event), count),
      );
    } finally {
      isReading = false;
    }
  };

  const deliver = async (lane: number): Promise<void> => {
    const begun = lanes.begin(lane, most);
    const last = begun.at(-1);
    if (last === undefined) return;
    await pace();
    const at = new Date();
    const message = compose(
      turn,
      begun.map(({ event }) => event),
    );
    const attempt = await post(message, cut.signal);
    if (attempt.outcome !== "delivered" && cut.signal.aborted) {
      lanes.brokenOff(lane);
      return;
    }
    const { place, event } = last;
    if (attempt.outcome === "delivered") {
      const number = lanes.delivered(lane);
      result.delivered += begun.length;
      log.add({ place, type: event.type, at, attempt: number, ...loggedOf(attempt) });
      onAttempt("delivered");
      return;
    }
    const { attempts, failingSince } = lanes.failed(lane, Date.now(), (failed) =>
      pauseMs(failed, attempt.retryAfterMs, Math.random()),
    );
    result.failed += 1;
    log.add({ place, type: event.type, at, attempt: attempts, ...loggedOf(attempt) });
    onAttempt("failed");
    if (attempt.outcome === "gone") pausing ??= "gone";
    else if (isGivenUp(failingSince, Date.now())) pausing ??= "failing";
  };

  const save = async (): Promise<void> => {
    isSaving = true;
    try {
      const isNewest = await saveTurn(pool, turn, lanes.progress(), log.take());
      if (!isNewest) cut.abort();
      savedAt = performance.now();
    } finally {
      isSaving = false;
    }
  };

  const onStop = (): void => {
    grace = setTimeout(() => cut.abort(), graceMs);
  };
  stop.addEventListener("abort", onStop);
  try {
    step();
    await done.promise;
  } finally {
    stop.removeEventListener("abort", onStop);
    clearTimeout(grace);
  }
  await save();
  if (pausing !== null) {
    const mails = await pauseEndpoint(pool, turn, pausing, composePaused);
    if (mails !== null) onPaused(turn, pausing, mails);
  }
  return result;
}

function loggedOf({
  outcome,
  status,
  tookMs,
  error,
  answer,
}: Attempt): Pick<LoggedAttempt, "outcome" | "status" | "tookMs" | "error" | "answer"> {
  const isDelivered = outcome === "delivered";
  return { outcome: isDelivered ? outcome : "failed", status, tookMs, error, answer };
}

/** Collects the attempts of one save: each failure, and the last deliveries. */
function createAttemptLog() {
  let failed: LoggedAttempt[] = [];
  let delivered: LoggedAttempt[] = [];
  return {
    add(attempt: LoggedAttempt): void {
      const list = attempt.outcome === "failed" ? failed : delivered;
      list.push(attempt);
      if (list.length > loggedOfSave) list.shift();
    },
    take(): readonly LoggedAttempt[] {
      const taken = [...failed, ...delivered].toSorted((a, b) => a.at.getTime() - b.at.getTime());
      failed = [];
      delivered = [];
      return taken;
    },
  };
}
