// How long a page of a list may be whose entries are orders with all their lines.

/**
 * Order lines that one page holds at most, some two megabytes. An order has up to a thousand: two hundred of them
 * would take everybody else's time, and their reader's memory.
 */
export const pageLinesMax = 20_000;
