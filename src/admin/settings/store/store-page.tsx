// The page of the store's settings: its name, the sender of its mails, and what happens to returns.

import { useQuery } from "@tanstack/react-query";
import { Loaded } from "../../shell/loaded.tsx";
import { Page } from "../../shell/page.tsx";
import { StoreForm } from "./store-form.tsx";
import { storeQuery } from "./store-query.ts";

/** The page. */
export function StorePage() {
  const query = useQuery(storeQuery);
  return (
    <Page
      title="Store"
      intro="The name of the store, the sender of its mails, and what happens to returns."
    >
      <Loaded query={query}>{(store) => <StoreForm store={store} />}</Loaded>
    </Page>
  );
}
