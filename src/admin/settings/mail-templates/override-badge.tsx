// A badge that tells whether a template is overridden.

import { Badge } from "@mantine/core";
import { mailTemplates as text } from "../../words/en/settings/mail-templates.tsx";
import type { TemplateOverride } from "./template-queries.ts";

/** The badge. */
export function OverrideBadge({ override: { subject, body } }: { override: TemplateOverride }) {
  const isOwn = subject !== null || body !== null;
  return (
    <Badge component="span" variant="light" color={isOwn ? "tally" : "gray"} tt="none">
      {isOwn ? text.badge.own : text.badge.builtIn}
    </Badge>
  );
}
