// Reads what every page of the admin app has to know of the store's settings.

import type { Language } from "../../domain/language/languages.ts";
import type { Sql } from "../sql/sql.ts";

/** Whether units go back to stock on a cancellation or refund, and the language of mails to outsiders. */
export type SettingsOfSessions = {
  readonly restockOnReturn: boolean;
  readonly storeLanguage: Language;
};

/** Reads them. Rejects if the store's row is missing. */
export async function settingsOfSessions(sql: Sql): Promise<SettingsOfSessions> {
  const [settings] = await sql<SettingsOfSessions>(
    'select restock_on_return as "restockOnReturn", language as "storeLanguage" from store',
  );
  if (settings === undefined) throw new Error("Expected the store's settings; there are none.");
  return settings;
}
