// Placeholder.

import { Page } from "../shell/page.tsx";

/** Placeholder. */
export function PreOrderPage() {
  return <Page title="Pre-orders">.</Page>;
}
