// Records what a person did to their own account.

import type { ActKind, Facts } from "../../domain/activity/act.ts";
import type { Sql } from "../sql/sql.ts";
import { recordAct } from "./record-acts.ts";
import { type Account, doerOf } from "./record-sign-in.ts";

/** Records it, with the person as the one who acts. */
export function recordOwnAct(
  sql: Sql,
  kind: ActKind & `account.${string}`,
  account: Account,
  after: Facts | null = null,
): Promise<void> {
  const subject = { id: account.id, name: account.email };
  return recordAct(sql, { kind, subject, before: null, after }, doerOf(account));
}
