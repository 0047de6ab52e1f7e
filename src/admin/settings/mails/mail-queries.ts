// Queries for the mail log.

import { queryOptions } from "@tanstack/react-query";
import type * as z from "zod";
import { mailSchema, type mailEntrySchema } from "../../../contract/mails.ts";
import { read, segment } from "../../http/request.ts";

/** A mail in the list. */
export type MailEntry = z.output<typeof mailEntrySchema>;

/** A mail as it was sent. */
export type Mail = z.output<typeof mailSchema>;

const waitingRefreshMs = 2_000;

/** One mail. It is read again every few seconds until it is sent or has failed. */
export function mailQuery(id: string) {
  return queryOptions({
    queryKey: ["mails", "one", id],
    queryFn: ({ signal }) => read(`/mails/${segment(id)}`, mailSchema, { signal }),
    refetchInterval: ({ state: { data } }) =>
      data !== undefined && isOnItsWay(data) ? waitingRefreshMs : false,
  });
}

/** Whether a mail may still be sent. */
export function isOnItsWay({ status }: Pick<MailEntry, "status">): boolean {
  return status === "pending" || status === "sending";
}
