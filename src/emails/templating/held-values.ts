// Keeps the values of a mail apart from the Markdown that they are put into. A product may be named
// `[click](https://evil)` or `<img onerror=…>`. While the Markdown is read, a placeholder stands for each value, so its
// text can't become a link, a heading or a tag.

import { randomBytes } from "node:crypto";
import { oneLine } from "../../domain/one-line.ts";
import { TemplateProblem } from "./template-problem.ts";

/** The total length of all values of one mail, in characters. */
const heldCharactersMax = 60_000;

/** The values of one rendering, and the placeholders that stand for them until the text around them is HTML. */
export type HeldValues = {
  /** Keeps a value and returns its placeholder. Throws a `TemplateProblem` if all values together are too long. */
  hold(value: string): string;
  /** Replaces the placeholders in HTML with their values, escaped. */
  release(html: string): string;
  /**
   * If the text begins with the placeholder of an address in `links`, bare or in angle brackets, returns that part of
   * the text; otherwise null.
   */
  linkAtStart(text: string): string | null;
  /** The index of the first placeholder in the text, or -1. */
  indexIn(text: string): number;
};

/** Creates the values of one rendering. Only values in `links` may become links by themselves. */
export function createHeldValues(links: ReadonlySet<string>): HeldValues {
  // The random part keeps a value from containing another's placeholder. A placeholder begins with a digit, so
  // that Markdown does not read `<placeholder>` as a tag, and has letters, so that `placeholder.` does not begin a list.
  const mark = `0v${randomBytes(6).toString("hex")}`;
  const placeholder = new RegExp(`${mark}x(\\d+)x`, "gi");
  const linkCandidate = new RegExp(`^(?:<${mark}x(\\d+)x>|${mark}x(\\d+)x)`, "i");
  const values: string[] = [];
  let charactersHeld = 0;

  const original = (index: string): string => values[Number(index)] ?? "";

  return {
    hold(value) {
      // A text that Liquid captured contains placeholders. It is kept with their values.
      const text = oneLine(value.replace(placeholder, (_, index: string) => original(index)));
      charactersHeld += text.length;
      if (charactersHeld > heldCharactersMax) {
        throw new TemplateProblem(
          `The values grew beyond ${heldCharactersMax} characters: more than a mail can hold.`,
        );
      }
      values.push(text);
      return `${mark}x${values.length - 1}x`;
    },
    release(html) {
      return html.replace(placeholder, (_, index: string) => escapeHtml(original(index)));
    },
    linkAtStart(text) {
      const found = linkCandidate.exec(text);
      const index = found?.[1] ?? found?.[2];
      return found !== null && index !== undefined && links.has(original(index)) ? found[0] : null;
    },
    indexIn(text) {
      return text.search(placeholder);
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
