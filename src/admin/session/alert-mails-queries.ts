// Reads how people are told of alerts.

import { queryOptions } from "@tanstack/react-query";
import { alertMailsReplySchema } from "../../contract/alert-mails.ts";
import { read, segment } from "../http/request.ts";

/** Whose choice it is, by the path where it is read and written. */
export type AlertMailsOf = { readonly path: string };

/** The choice of the person who is logged in. */
export const ownAlertMails: AlertMailsOf = { path: "/session/alert-mails" };

/** The choice of another person. */
export const alertMailsOf = (id: string): AlertMailsOf => ({
  path: `/admin-users/${segment(id)}/alert-mails`,
});

/** A choice. */
export function alertMailsQuery({ path }: AlertMailsOf) {
  return queryOptions({
    queryKey: ["alert-mails", path],
    queryFn: ({ signal }) => read(path, alertMailsReplySchema, { signal }),
  });
}
