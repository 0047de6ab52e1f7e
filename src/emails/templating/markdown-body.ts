// Turns the body of an override, Liquid and Markdown, into HTML that is safe to send and looks like the built-in mail.
// Markdown may contain HTML, so the result is sanitised last: nothing is left that runs, loads or restyles.

import { Marked } from "marked";
import sanitizeHtml from "sanitize-html";
import { createHeldValues, type HeldValues } from "./held-values.ts";
import { markdownStyles } from "./mail-style.ts";
import { keepShortWords } from "./table-cells.ts";
import { renderLiquid } from "./render-liquid.ts";
import { TemplateProblem } from "./template-problem.ts";

/** The longest Markdown, in characters after Liquid. It keeps the slowest input of the Markdown reader under a second. */
const markdownCharactersMax = 16_000;

/** Elements that need no style of their own. */
const plainElements = ["br", "strong", "b", "em", "i", "u", "s", "del", "thead", "tbody", "tr"];

/**
 * Renders the body of an override with the data of one mail to sanitised HTML. Values stay text, whatever they contain.
 * Of addresses in the text, only those in `links` become links. Throws a `TemplateProblem` if the body can't be used.
 */
export function renderMarkdownBody(body: string, data: object, links: readonly string[]): string {
  const held = createHeldValues(new Set(links));
  const markdown = renderLiquid(body, data, (value) => held.hold(value));
  if (markdown.length > markdownCharactersMax) {
    throw new TemplateProblem(
      `The body comes out ${markdown.length} characters long; at most ${markdownCharactersMax} fit.`,
    );
  }
  const html = keepShortWords(sanitize(held.release(readMarkdown(markdown, held))));
  if (html.replaceAll(/<[^>]*>|\s/g, "") === "") {
    throw new TemplateProblem("The body comes out empty.");
  }
  return html;
}

/** Text up to the next character that may begin something else. It is marked's own rule without the start of an address. */
const plainText =
  /^(?:[`~]+|[^`~])(?:(?= {2,}\n)|[\s\S]*?(?:(?=[\\<![`*~_]|\b_|$)|[^ ](?= {2,}\n)))/;

function readMarkdown(markdown: string, held: HeldValues): string {
  const reader = new Marked({ gfm: true, async: false });
  reader.use({
    // Plain addresses in the text don't become links. The mail's own addresses are found below; the time to search for
    // others grows with the square of the text's length.
    tokenizer: {
      url: () => undefined,
      inlineText(source) {
        const [raw] = plainText.exec(source) ?? [];
        if (raw === undefined) return undefined;
        return { type: "text", raw, text: raw, escaped: this.lexer.state.inRawBlock };
      },
    },
    extensions: [
      {
        // One of the mail's own addresses becomes a link, even if it is not written as one.
        name: "ownAddress",
        level: "inline",
        start(source) {
          const index = held.indexIn(source);
          return index < 0 ? undefined : index;
        },
        tokenizer(source) {
          const raw = this.lexer.state.inLink ? null : held.linkAtStart(source);
          return raw === null ? undefined : { type: "ownAddress", raw };
        },
        renderer(token) {
          const word = token.raw.replaceAll(/[<>]/g, "");
          return `<a href="${word}">${word}</a>`;
        },
      },
    ],
  });
  try {
    return reader.parse(markdown, { async: false });
  } catch {
    // The reader throws only if nesting overflows the stack, and its message asks people to report a bug of marked.
    throw new TemplateProblem("The body's Markdown is nested too deeply.");
  }
}

function sanitize(html: string): string {
  return sanitizeHtml(html, {
    allowedTags: [...Object.keys(markdownStyles), ...plainElements],
    allowedAttributes: {
      "*": ["style", "class"],
      a: ["href"],
      ol: ["start"],
      th: ["align"],
      td: ["align"],
    },
    allowedSchemes: ["https", "http", "mailto"],
    allowProtocolRelative: false,
    // Each element's style is replaced below, so there is none to parse.
    parseStyleAttributes: false,
    nestingLimit: 50,
    transformTags: {
      "*": (tagName, { style: _style, class: _class, href, ...attribs }) => ({
        tagName,
        attribs: {
          ...(tagName === "th" ? { align: "left" } : {}),
          ...attribs,
          // In a mail an address without a scheme can't be opened.
          ...(href !== undefined && /^(?:https?|mailto):/i.test(href) ? { href } : {}),
          ...markdownStyles[tagName],
        },
      }),
    },
  });
}
