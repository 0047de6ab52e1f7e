// Placeholder.

import { Page } from "../shell/page.tsx";

/** Placeholder. */
export function OverviewPage() {
  return <Page title="Overview">.</Page>;
}
