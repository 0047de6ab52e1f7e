// What became of the invitation of a person, in one word for lists.

import type { AdminUser } from "../access-queries.ts";
import { invitations as text } from "../../words/en/settings/invitations.tsx";

/** The state. `isOpen`: a link works. */
type InvitationState = { readonly label: string; readonly color: string; readonly isOpen: boolean };

/** The state of a person's invitation; null if they have a password, or may not log in. */
export function invitationState(
  { invitation, enabled }: Pick<AdminUser, "invitation" | "enabled">,
  now = Date.now(),
): InvitationState | null {
  if (invitation === null || !enabled) return null;
  if (invitation.endsAt === null) {
    return { label: text.state.takenBack, color: "gray", isOpen: false };
  }
  return Date.parse(invitation.endsAt) > now
    ? { label: text.state.invited, color: "blue", isOpen: true }
    : { label: text.state.over, color: "orange", isOpen: false };
}
