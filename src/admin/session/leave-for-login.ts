// Leads to the login page when the session has ended, and back to the same page afterwards. If the page has unsaved
// changes, a dialog offers to log in in another tab.

import { modals } from "@mantine/modals";
import { createElement } from "react";
import { hasUnsavedChanges } from "../forms/unsaved-changes.ts";
import { SessionEnded } from "./session-ended.tsx";

let leaving = false;

/** Returns the login page's address, with the current page as the target after the login. */
export function loginAddress(): string {
  const { pathname, search } = window.location;
  return `/admin/login?next=${encodeURIComponent(`${pathname}${search}`)}`;
}

/** Goes to the login page, or shows the dialog. It acts once, however many requests get a 401. */
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
