// Placeholder.

import { Page } from "../shell/page.tsx";

/** Placeholder. */
export function AlertListPage() {
  return <Page title="Alerts">.</Page>;
}
