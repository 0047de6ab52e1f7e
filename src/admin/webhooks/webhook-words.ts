// Chooses the words for a webhook: what it gets, how far it is behind, and what it answered.

import type { WebhookReply } from "../../contract/webhooks.ts";
import { webhookPages } from "../words/en/webhooks/pages.tsx";
import { webhookState as text } from "../words/en/webhooks/state.ts";
import { dateTime } from "../words/time.tsx";

/** What an event of this type tells; a test is no event. */
export function happenedWords(type: string): string {
  if (type === "webhook.test") return text.test;
  return Object.entries(text.events).find(([known]) => known === type)?.[1] ?? text.otherEvent;
}

/** The name of a webhook: what people call it, or else the host of its address. */
export function webhookName({
  description,
  url,
}: Pick<WebhookReply, "description" | "url">): string {
  return description === "" ? hostOf(url) : description;
}

/** The host of an address. */
export const hostOf = (url: string): string => URL.parse(url)?.host ?? url;

/** How far it is behind: "Up to date", or "1,204 changes behind since 09:10". */
export function progressWords({ status, behind, behindSince, hasMissed }: WebhookReply): string {
  const { progress } = text;
  if (status === "disabled") return progress.off;
  if (hasMissed) return progress.missed;
  if (behind === 0) return progress.upToDate;
  return behindSince === null
    ? progress.behind(behind)
    : progress.behindSince(behind, dateTime(behindSince));
}

/** The state of a webhook as a badge, and why it is in that state. */
export function stateWords({ status, pausedBecause, failing }: WebhookReply): {
  readonly label: string;
  readonly color: string;
  readonly why: string | null;
} {
  if (status === "disabled") return { ...text.off, color: "gray" };
  if (status === "paused") {
    const why = pausedBecause === null ? null : text.paused.why[pausedBecause];
    return { label: text.paused.label, color: pausedBecause === "person" ? "gray" : "red", why };
  }
  if (failing.length === 0) return { label: text.on, color: "teal", why: null };
  return { ...text.failing, color: "orange" };
}

/** What came of an attempt to send something. */
type Outcome = {
  readonly outcome: "delivered" | "failed";
  readonly status: number | null;
  readonly error: string | null;
};

/** What the other program answered. */
export function answerWords(attempt: Outcome): string {
  const { answers } = text;
  if (attempt.outcome === "delivered") return answers.taken;
  if (attempt.status !== null) return answers[meaningOf(attempt.status)](attempt.status);
  return attempt.error === null ? answers.none : answers.failed(attempt.error);
}

/** What a status that is no success means to somebody who can't look it up. */
function meaningOf(status: number): "moved" | "refused" | "missing" | "gone" | "busy" | "faulty" {
  if (status < 400) return "moved";
  if (status === 404) return "missing";
  if (status === 410) return "gone";
  if (status === 429 || status === 503) return "busy";
  return status < 500 ? "refused" : "faulty";
}

/** What came of a test, with what the other program said. */
export function testWords(
  test: Outcome & { readonly tookMs: number; readonly answer: string },
): string {
  const { took, tookAndSaid, failedAndSaid } = webhookPages.test;
  const { outcome, tookMs, answer } = test;
  if (outcome === "delivered") return answer === "" ? took(tookMs) : tookAndSaid(tookMs, answer);
  return answer === "" ? answerWords(test) : failedAndSaid(answerWords(test), answer);
}
