// Keeps the values of a mail apart from the Markdown they are put into. A product may be named `[click](https://evil)`
// or `<img onerror=…>`; while the Markdown is read, each value is only an opaque word, so its text can't become a
// link, a heading or a tag.

import { randomBytes } from "node:crypto";
import { oneLine } from "../one-line.ts";
import { TemplateProblem } from "./template-problem.ts";

/** Characters that all values of one mail may have together. */
const HELD_CHARACTERS_MAX = 60_000;

/** Words that stand for values until the text around them is HTML. */
export interface HeldValues {
  /** Returns the word that stands for a value. */
  hold(value: string): string;
  /** Puts the values back into HTML, as text. */
  release(html: string): string;
  /** Where the text begins with the word of an address in `links`, bare or in angle brackets: that much of it. */
  linkAtStart(text: string): string | null;
  /** Position of the first word in the text, or -1. */
  indexIn(text: string): number;
}

/** Creates the store of one rendering. Only values in `links` may turn into links by themselves. */
export function createHeldValues(links: ReadonlySet<string>): HeldValues {
  // The random part keeps a value from naming another value's word. A word begins with a digit, so that `<word>` is
  // no tag, and holds letters, so that `word.` begins no list.
  const mark = `0v${randomBytes(6).toString("hex")}`;
  const word = new RegExp(`${mark}x(\\d+)x`, "gi");
  const linkCandidate = new RegExp(`^(?:<${mark}x(\\d+)x>|${mark}x(\\d+)x)`, "i");
  const values: string[] = [];
  let charactersHeld = 0;

  const original = (index: string): string => values[Number(index)] ?? "";

  return {
    hold(value) {
      // A captured text holds words already; it is held again as what it says.
      const text = oneLine(value.replace(word, (_, index: string) => original(index)));
      charactersHeld += text.length;
      if (charactersHeld > HELD_CHARACTERS_MAX) {
        throw new TemplateProblem(
          `The values grew beyond ${HELD_CHARACTERS_MAX} characters: more than a mail can hold.`,
        );
      }
      values.push(text);
      return `${mark}x${values.length - 1}x`;
    },
    release(html) {
      return html.replace(word, (_, index: string) => escapeHtml(original(index)));
    },
    linkAtStart(text) {
      const found = linkCandidate.exec(text);
      const index = found?.[1] ?? found?.[2];
      return found !== null && index !== undefined && links.has(original(index)) ? found[0] : null;
    },
    indexIn(text) {
      return text.search(word);
    },
  };
}

function escapeHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}
