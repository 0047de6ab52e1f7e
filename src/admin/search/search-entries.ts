// What the search lists: what the API found, the pages and actions that a person may use, and what they opened lately.

import { foldedText, searchWords } from "../../domain/search/folded-text.ts";
import type { Permission } from "../../domain/access/permissions.ts";
import type { SearchHit } from "../../contract/search.ts";
import { segment } from "../http/request.ts";
import { statusLooks } from "../orders/order-words.tsx";
import { productAddress } from "../products/product-queries.ts";
import { mainEntries, settingsEntries } from "../shell/navigation-entries.ts";
import { receivingLists as receiving } from "../words/en/receiving/lists.ts";
import { searchEntries as text } from "../words/en/search/entries.ts";
import type { SearchGroup } from "../words/en/search/results.ts";
import { hitDetail } from "../words/search-words.ts";

/** A line of the search. `to` is an address of the app; with `isOutside` it is one of the whole site. */
export type SearchEntry = {
  readonly key: string;
  readonly group: SearchGroup;
  readonly label: string;
  readonly detail: string;
  readonly to: string;
  readonly isOutside?: boolean;
};

type May = (permission: Permission) => boolean;

const actions: readonly (readonly [label: string, to: string, permission: Permission | null])[] = [
  [text.pages.newProduct, "/new-product", "catalogue:write"],
  [text.pages.importProducts, "/product-import", "catalogue:write"],
  [receiving.receive, "/new-receipt", "stock:write"],
  [receiving.announce, "/new-delivery", "stock:write"],
  [text.pages.account, "/account", null],
];

/** The pages and actions whose names have all words. */
export function pagesFor(q: string, may: May): readonly SearchEntry[] {
  const words = searchWords(q);
  const all = [
    ...[...mainEntries, ...settingsEntries].map(
      ({ label, to, permission }) => [label, to, permission] as const,
    ),
    ...actions,
  ];
  const pages = all.flatMap(([label, to, permission]): SearchEntry[] =>
    permission === null || may(permission)
      ? [{ key: `page ${to}`, group: "page", label, detail: "", to }]
      : [],
  );
  const outside: SearchEntry = {
    key: "page-queues",
    group: "page",
    label: text.pages.queues,
    detail: "",
    to: "/admin/queues",
    isOutside: true,
  };
  return [...pages, ...(may("queues:read") ? [outside] : [])].filter(({ label }) => {
    const folded = foldedText(label);
    return words.every((word) => folded.includes(word));
  });
}

/** What was found, each with its address; the kinds of which something has the whole name come first. */
export function entriesOf(hits: readonly SearchHit[]): readonly SearchEntry[] {
  const isExact = ({ kind }: SearchHit) =>
    hits.some((hit) => hit.kind === kind && hit.match === "exact" && kind !== "job");
  const inOrder = [...hits.filter(isExact), ...hits.filter((hit) => !isExact(hit))];
  return inOrder.map((hit) => ({
    group: hit.kind,
    detail: hitDetail(hit, (found) =>
      found.kind === "order" ? statusLooks[found.status].label : "",
    ),
    ...placeOf(hit),
  }));
}

function placeOf(hit: SearchHit): Pick<SearchEntry, "key" | "label" | "to" | "isOutside"> {
  switch (hit.kind) {
    case "order":
      return { key: `order ${hit.id}`, label: hit.reference, to: `/orders/${hit.id}` };
    case "product":
      return { key: `product ${hit.sku}`, label: hit.name, to: productAddress(hit.sku) };
    case "variant":
      return { key: `variant ${hit.sku}`, label: hit.name, to: productAddress(hit.productSku) };
    case "mail":
      return {
        key: `mail ${hit.id}`,
        label: hit.subject ?? text.mail,
        to: `/settings/mails/${hit.id}`,
      };
    case "job":
      return {
        key: `job ${hit.queue} ${hit.id}`,
        label: text.job(hit.about),
        to: `/admin/queues/queue/${segment(hit.queue)}/${segment(hit.id)}`,
        isOutside: true,
      };
  }
}
