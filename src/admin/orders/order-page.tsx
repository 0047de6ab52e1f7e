// Placeholder.

import { Page } from "../shell/page.tsx";

/** Placeholder. */
export function OrderPage() {
  return <Page title="Order">.</Page>;
}
