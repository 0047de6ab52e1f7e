// Types of events that the feed makes by itself.

/** The type of the events that are read from the ledger. */
export const stockChanged = "stock.changed";
