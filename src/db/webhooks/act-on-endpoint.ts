// What the record of activity has of an endpoint. Of its address that is the host only: the rest can be a secret, as in
// addresses of chat systems.

import type { Act, ActKind, Facts } from "../../domain/activity/act.ts";
import type { Sql } from "../sql/sql.ts";

/** The columns of an endpoint that are recorded. */
export type RecordedEndpoint = {
  readonly id: string;
  readonly url: string;
  readonly description: string;
  readonly channel: string;
  readonly types: readonly string[] | null;
};

/** Reads what is recorded of an endpoint, and locks it; null if there is none. */
export async function lockRecorded(sql: Sql, id: string): Promise<RecordedEndpoint | null> {
  const [row] = await sql<RecordedEndpoint>(
    `select ${recordedColumns} from webhook_endpoint where id = $1 for update`,
    [id],
  );
  return row ?? null;
}

/** Those columns, for a statement. */
export const recordedColumns = "id, url, description, channel, types";

/** The facts of an endpoint. */
export function factsOfEndpoint({ url, description, channel, types }: RecordedEndpoint): Facts {
  return { description, host: new URL(url).host, channel, types };
}

/** An act on an endpoint, which has the name that people gave it, or else that of its host. */
export function actOnWebhook(
  kind: ActKind & `webhook.${string}`,
  endpoint: Pick<RecordedEndpoint, "id" | "url" | "description">,
  facts: { readonly before?: Facts | null; readonly after?: Facts | null } = {},
): Act {
  const { id, url, description } = endpoint;
  const name = description === "" ? new URL(url).host : description;
  return { kind, subject: { id, name }, before: facts.before ?? null, after: facts.after ?? null };
}
