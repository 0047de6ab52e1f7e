// The page of the store's settings: its name, when orders take stock, what happens to returns, and the sender of its mails.

import { useQuery } from "@tanstack/react-query";
import { Loaded } from "../../shell/loaded.tsx";
import { KeptMailsNotice } from "../mails/kept-mails-notice.tsx";
import { Page } from "../../shell/page.tsx";
import { store as text } from "../../words/en/settings/store.ts";
import { StoreForm } from "./store-form.tsx";
import { storeQuery } from "./store-query.ts";

/** The page. */
export function StorePage() {
  const query = useQuery(storeQuery);
  return (
    <Page title={text.title} intro={text.intro}>
      <KeptMailsNotice />
      <Loaded query={query}>{(store) => <StoreForm store={store} />}</Loaded>
    </Page>
  );
}
