// The texts of the search: what it lists besides what it has found, and the page for an address with a name.

/** The texts. */
export const searchEntries = {
  /** Said after the label of its button. */
  covers: "orders, products and pages",
  keys: "Ctrl K",
  close: "Close the search",
  found: "Found",
  allOrders: (q: string) => `All orders with “${q}”`,
  mail: "Mail",
  job: (about: string) => `Job for ${about}`,
  pages: {
    newProduct: "New product",
    importProducts: "Import products",
    account: "My account",
    queues: "Queues",
  },
  byName: {
    order: { title: "No order at this address", back: "Orders" },
    product: { title: "No product at this address", back: "Products" },
    none: (name: string) =>
      `Nothing is named “${name}”. Search for a part of it, or look in the list.`,
    several: (name: string) => `Several are named “${name}”. Choose one:`,
    similar: (name: string) => `Nothing is named “${name}”. These are like it:`,
  },
};
