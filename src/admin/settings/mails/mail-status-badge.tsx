// The status of a mail, as a badge.

import { Badge } from "@mantine/core";
import { useSession } from "../../session/session.ts";
import { mails as text } from "../../words/en/settings/mails.tsx";
import type { MailEntry } from "./mail-queries.ts";

const colors = {
  pending: "gray",
  sending: "blue",
  sent: "teal",
  kept: "gray",
  failed: "red",
  cancelled: "gray",
} as const;

/** The badge. */
export function MailStatusBadge({ status }: Pick<MailEntry, "status">) {
  const { mailsLeave } = useSession();
  // Without a mail server, a mail with the status `sent` was only kept.
  const shown = status === "sent" && !mailsLeave ? "kept" : status;
  return (
    <Badge component="span" variant="light" color={colors[shown]} tt="none">
      {text.statuses[shown]}
    </Badge>
  );
}
