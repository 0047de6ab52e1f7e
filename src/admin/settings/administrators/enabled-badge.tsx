// A badge that says whether an administrator may log in.

import { Badge } from "@mantine/core";

/** The badge. */
export function EnabledBadge({ enabled }: { enabled: boolean }) {
  return (
    <Badge component="span" variant="light" color={enabled ? "teal" : "gray"} tt="none">
      {enabled ? "Active" : "Disabled"}
    </Badge>
  );
}
