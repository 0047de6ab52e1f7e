// What is said about many alerts at once, why it is not said of some, and what takes it back. Pure.

import type { AlertReply } from "../../../contract/alerts.ts";
import { actorWords } from "../../words/actors.ts";
import { manyAlerts } from "../../words/en/many.ts";
import type { Said } from "../alert-queries.ts";

/** What is to be said of an alert. `undoes` is the alert as it was said of it, if this takes that back. */
export type AlertChange = {
  readonly alert: AlertReply;
  readonly said: Said;
  readonly undoes?: AlertReply;
};

/** Why the change is not made to the alert as it is now; null if it is. */
export function whyNot(now: AlertReply, { said, undoes }: AlertChange): string | null {
  if (undoes !== undefined) return isSame(now, undoes) ? null : manyAlerts.changed;
  if (now.endedAt !== null) return manyAlerts.ended;
  if (said.acknowledged === true && now.acknowledged !== null) {
    return manyAlerts.othersCare(actorWords(now.acknowledged.by));
  }
  return null;
}

const isSame = (one: AlertReply, other: AlertReply): boolean =>
  one.acknowledged?.at === other.acknowledged?.at &&
  one.acknowledged?.note === other.acknowledged?.note &&
  one.snoozed?.until === other.snoozed?.until &&
  one.snoozed?.by === other.snoozed?.by;

/** Takes back what was said of an alert, which was `before` and is `after`. */
export function undoOf(before: AlertReply, after: AlertReply, said: Said): AlertChange {
  return {
    alert: after,
    undoes: after,
    said: {
      ...(said.acknowledged === undefined ? {} : { acknowledged: before.acknowledged !== null }),
      ...(said.snoozedUntil === undefined ? {} : { snoozedUntil: before.snoozed?.until ?? null }),
    },
  };
}
