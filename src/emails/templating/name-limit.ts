// How much of a name a mail about many items shows: Gmail cuts off what is beyond 102 kB of a mail's HTML.

import { shortLine } from "../../domain/one-line.ts";

/** In characters. A mail with few items shows names of 90. */
const limits = [90, 60, 40, 20, 10];

/** What each item has in the mail as its own: its name, and other texts that are never cut. */
export type OwnTexts = { readonly name: string; readonly others: string };

/** The most characters of a name with which all own texts fit into `bytesMax`, or else the least of the limits. */
export function nameLimitOf(items: readonly OwnTexts[], bytesMax: number): number {
  const bytesWith = (charactersMax: number): number =>
    items
      .map(({ name, others }) => `${shortLine(name, charactersMax)}${others}`)
      .reduce((sum, text) => sum + new TextEncoder().encode(text).length, 0);
  return limits.find((limit) => bytesWith(limit) <= bytesMax) ?? limits.at(-1) ?? 10;
}
