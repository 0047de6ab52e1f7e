// Finds settings that can be meant, and are probably not. They cause a warning, not a refusal.

import type { Config } from "../config.ts";

/** A sentence for each doubt: what follows from the settings, and what to set. */
export function settingsInDoubt({
  SMTP_URL,
  PUBLIC_URL,
  PORT,
}: Pick<Config, "SMTP_URL" | "PUBLIC_URL" | "PORT">): string[] {
  if (SMTP_URL === undefined || PUBLIC_URL !== undefined) return [];
  return [
    `SMTP_URL is set and PUBLIC_URL is not: mails leave, and their links lead to http://127.0.0.1:${PORT}, which opens on this machine only. Set PUBLIC_URL to the address at which people reach Tallyman.`,
  ];
}
