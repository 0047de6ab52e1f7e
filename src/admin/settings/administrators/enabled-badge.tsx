// A badge that says whether an administrator may log in, or is invited to.

import { Badge } from "@mantine/core";
import { administrators as text } from "../../words/en/settings/administrators.ts";
import type { AdminUser } from "../access-queries.ts";
import { invitationState } from "./invitation-state.ts";

/** The badge. */
export function EnabledBadge({ person }: { person: Pick<AdminUser, "enabled" | "invitation"> }) {
  const { label, color } = invitationState(person) ?? {
    label: person.enabled ? text.state.active : text.state.disabled,
    color: person.enabled ? "teal" : "gray",
  };
  return (
    <Badge component="span" variant="light" color={color} tt="none">
      {label}
    </Badge>
  );
}
