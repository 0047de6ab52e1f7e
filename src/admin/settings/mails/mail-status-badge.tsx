// The status of a mail, as a badge.

import { Badge } from "@mantine/core";
import { useSession } from "../../session/session.ts";
import type { MailEntry } from "./mail-queries.ts";

const looks = {
  pending: { label: "Waiting", color: "gray" },
  sending: { label: "Being sent", color: "blue" },
  sent: { label: "Sent", color: "teal" },
  failed: { label: "Failed", color: "red" },
  cancelled: { label: "Not sent", color: "gray" },
} as const;

/** Without a mail server, a mail with the status `sent` was only kept. */
const kept = { label: "Kept", color: "gray" } as const;

/** The badge. */
export function MailStatusBadge({ status }: Pick<MailEntry, "status">) {
  const { mailsLeave } = useSession();
  const { label, color } = status === "sent" && !mailsLeave ? kept : looks[status];
  return (
    <Badge component="span" variant="light" color={color} tt="none">
      {label}
    </Badge>
  );
}
