// Whose words a mail is in, as a badge.

import { Badge } from "@mantine/core";
import type { TemplateWords } from "./template-queries.ts";

/** The badge. */
export function WordsBadge({ words: { subject, body } }: { words: TemplateWords }) {
  const isOwn = subject !== null || body !== null;
  return (
    <Badge component="span" variant="light" color={isOwn ? "tally" : "gray"} tt="none">
      {isOwn ? "The store's own words" : "Built-in words"}
    </Badge>
  );
}
