// How a person is told of alerts, between the contract's words and what is stored.

import type { AlertMails, AlertMailsReply } from "../../contract/alert-mails.ts";
import type {
  ChoiceOutcome,
  StoredAlertMails,
  WantedAlertMails,
} from "../../db/alerts/alert-mails.ts";
import { toClock } from "../../domain/alerting/local-time.ts";
import { beginMailsOrLeaveToSweeper } from "../../queues/begin-mail.ts";
import type { ApiContext } from "../context.ts";
import { Problem } from "../http/problem.ts";

/** What is stored, as the API answers it. */
export function toAlertMailsReply({
  dailyAt,
  quietHours,
  pausedUntil,
  ...rest
}: StoredAlertMails): AlertMailsReply {
  return {
    ...rest,
    watching: [...rest.watching],
    watchingTypes: [...rest.watchingTypes],
    dailyAt: toClock(dailyAt),
    quietHours:
      quietHours === null
        ? null
        : { from: toClock(quietHours.from), until: toClock(quietHours.until) },
    pausedUntil: pausedUntil?.toISOString() ?? null,
  };
}

/** What was sent, as it is stored. */
export function toWantedAlertMails({
  dailyAt,
  quietHours,
  pausedUntil,
  ...rest
}: AlertMails): WantedAlertMails {
  return {
    ...rest,
    watchingTypes: rest.watchingTypes,
    dailyAt: toMinute(dailyAt),
    quietHours:
      quietHours === null
        ? null
        : { from: toMinute(quietHours.from), until: toMinute(quietHours.until) },
    pausedUntil: pausedUntil === null ? null : new Date(pausedUntil),
  };
}

/** Throws a 422 if something is watched that does not exist; else has the mails that wait go by the new choice. */
export async function afterChoice(
  { backend, log }: Pick<ApiContext, "backend" | "log">,
  wanted: Pick<AlertMails, "watching" | "watchingTypes">,
  outcome: ChoiceOutcome,
): Promise<void> {
  if (outcome.kind === "unknown") throw unknownWatches(wanted, outcome);
  const about = "low stock, its reader chose otherwise";
  const mails = outcome.moved.map((mail) => ({ ...mail, about }));
  await beginMailsOrLeaveToSweeper(backend.queues["send-mail"], mails, log);
}

function unknownWatches(
  { watching, watchingTypes = [] }: Pick<AlertMails, "watching" | "watchingTypes">,
  { skus, types }: Extract<ChoiceOutcome, { readonly kind: "unknown" }>,
): Problem {
  const errors = [
    ...skus.map((sku) => ({
      pointer: `/watching/${watching.indexOf(sku)}`,
      detail: `Expected the SKU of a product or variant; there is no "${sku}".`,
    })),
    ...types.map((code) => ({
      pointer: `/watchingTypes/${watchingTypes.indexOf(code)}`,
      detail: `Expected the code of a product type; there is no "${code}".`,
    })),
  ];
  const what =
    skus.length === 0 ? "codes are of no product type" : "SKUs are of no product or variant";
  return new Problem("validation-failed", `Some ${what}.`, { errors });
}

const toMinute = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));
