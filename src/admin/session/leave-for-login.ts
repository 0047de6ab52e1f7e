// What happens when the session has ended: the login page, and back to the same place afterwards. Where
// something unsaved stands on the page, its writer is asked first and may log in beside it.

import { modals } from "@mantine/modals";
import { createElement } from "react";
import { hasUnsavedChanges } from "../forms/unsaved-changes.ts";
import { SessionEnded } from "./session-ended.tsx";

let leaving = false;

/** The login page's address, which leads back to where the reader is. */
export function loginAddress(): string {
  const { pathname, search } = window.location;
  return `/admin/login?next=${encodeURIComponent(`${pathname}${search}`)}`;
}

/** Leaves for the login page, or asks first. Once per page, however many requests are refused. */
export function leaveForLogin(): void {
  if (leaving) return;
  leaving = true;
  if (!hasUnsavedChanges()) {
    window.location.assign(loginAddress());
    return;
  }
  modals.open({
    title: "Your session has ended",
    children: createElement(SessionEnded, { address: loginAddress() }),
    onClose: () => {
      leaving = false;
    },
  });
}
