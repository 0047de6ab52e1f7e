// Whether somebody may log in, as a badge.

import { Badge } from "@mantine/core";

/** The badge. */
export function EnabledBadge({ enabled }: { enabled: boolean }) {
  return (
    <Badge component="span" variant="light" color={enabled ? "teal" : "gray"} tt="none">
      {enabled ? "Active" : "Disabled"}
    </Badge>
  );
}
