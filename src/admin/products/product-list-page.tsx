// Placeholder.

import { Page } from "../shell/page.tsx";

/** Placeholder. */
export function ProductListPage() {
  return <Page title="Products">.</Page>;
}
