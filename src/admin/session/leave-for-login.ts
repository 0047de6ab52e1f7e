// Leads to the login page when a page is opened without a session, and back to the same page afterwards.

/** Returns the login page's address, with the current page as the target after the login. */
export function loginAddress(): string {
  const { pathname, search } = window.location;
  return `/admin/login?next=${encodeURIComponent(`${pathname}${search}`)}`;
}

/** Goes to the login page. */
export function leaveForLogin(): void {
  window.location.assign(loginAddress());
}
