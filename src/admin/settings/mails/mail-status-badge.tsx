// Where a mail stands, as a badge.

import { Badge } from "@mantine/core";
import type { MailEntry } from "./mail-queries.ts";

const looks = {
  pending: { label: "Waiting", color: "gray" },
  sending: { label: "Being sent", color: "blue" },
  sent: { label: "Sent", color: "teal" },
  failed: { label: "Failed", color: "red" },
} as const;

/** The badge. */
export function MailStatusBadge({ status }: Pick<MailEntry, "status">) {
  const { label, color } = looks[status];
  return (
    <Badge component="span" variant="light" color={color} tt="none">
      {label}
    </Badge>
  );
}
