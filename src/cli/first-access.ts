// Shows the credentials that this start created. They can't be read back later.

import type { Running } from "../process/start.ts";
import { inColumns } from "./in-columns.ts";

/** The credentials in lines; no lines if the store had credentials already. */
export function firstAccessLines({
  apiKey,
  adminEmail,
  adminPassword,
}: Running["firstAccess"]): string[] {
  const rows: string[][] = [];
  if (adminEmail !== undefined) rows.push(["e-mail", adminEmail]);
  if (adminPassword !== undefined) rows.push(["password", adminPassword]);
  if (apiKey !== undefined) rows.push(["API key", apiKey]);
  return inColumns(rows, 200);
}
