// For how long old rows are kept, by the settings.

import type { Config } from "../config.ts";
import type { KeptDays } from "../db/retention/kept.ts";

/** For how many days rows of each kind are kept. */
export function keptDays(config: Config): KeptDays {
  const { KEEP_EVENTS_DAYS: events, KEEP_MAILS_DAYS: mails, KEEP_REQUESTS_DAYS: requests } = config;
  return { events, mails, requests };
}
