// Placeholder.

import { Page } from "../shell/page.tsx";

/** Placeholder. */
export function AccountPage() {
  return <Page title="My account">.</Page>;
}
