// Finds settings that can be meant, and are probably not. They cause a warning, not a refusal.

import type { Config } from "../config.ts";

/** A sentence for each doubt: what follows from the settings, and what to set. */
export function settingsInDoubt({
  SMTP_URL,
  PUBLIC_URL,
  PORT,
  MAIL_FROM,
}: Pick<Config, "SMTP_URL" | "PUBLIC_URL" | "PORT" | "MAIL_FROM">): string[] {
  if (SMTP_URL === undefined) return [];
  return [
    ...(PUBLIC_URL === undefined
      ? [
          `SMTP_URL is set and PUBLIC_URL is not: mails leave, and their links lead to http://127.0.0.1:${PORT}, which opens on this machine only. Set PUBLIC_URL to the address at which people reach Tallyman.`,
        ]
      : []),
    ...(MAIL_FROM.endsWith(".localdomain")
      ? [
          `SMTP_URL is set and MAIL_FROM is ${MAIL_FROM}: unless the store's settings name a sender, mails leave with that address, which most receivers refuse. Set MAIL_FROM to an address of yours.`,
        ]
      : []),
  ];
}
