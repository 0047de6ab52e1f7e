// The subjects of the OpenAPI document, each with what it is about.

const descriptions: Readonly<Record<string, string>> = {
  Orders: "What a checkout sends, and what becomes of it.",
  Availability: "What can be ordered now, for a storefront.",
  "Product types": "What kinds of products there are, and whether they have inventory.",
  Products: "Products and their variants.",
  Stock: "Counts, their changes, and the ledger.",
  Receiving: "Deliveries that are expected, and what has arrived.",
  Alerts: "Items that are low or out.",
  Events: "What happened, in order, for programs.",
  Webhooks: "Events that are sent to other programs as they happen.",
  Search: "One search over everything that the caller may read.",
  Reports: "What needs attention, and how counts went.",
  Administration: "People, groups and API keys.",
  "Mail templates": "The texts of mails, their versions and previews.",
  Mails: "Mails that were sent, or wait to be.",
  Store: "The store's settings.",
  "Own account": "The session, the password and the second factor of the person who is logged in.",
};

/** The tags of operations, each once, in their order. A tag without a description is described by its name. */
export function tagsOf(operations: readonly { readonly tag: string }[]) {
  const names = [...new Set(operations.map(({ tag }) => tag))];
  return names.map((name) => ({ name, description: descriptions[name] ?? `${name}.` }));
}
