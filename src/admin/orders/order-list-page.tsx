// Placeholder.

import { Page } from "../shell/page.tsx";

/** Placeholder. */
export function OrderListPage() {
  return <Page title="Orders">.</Page>;
}
