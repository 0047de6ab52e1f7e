// Turns the stored body of a mail, Liquid and Markdown, into HTML that is safe to send and looks like our own.
// Markdown may hold HTML, so whatever comes out is sanitised last: nothing that runs, loads or restyles is left.

import { Marked } from "marked";
import sanitizeHtml from "sanitize-html";
import { createHeldValues, type HeldValues } from "./held-values.ts";
import type { LowStockMail } from "../low-stock/low-stock-mail.ts";
import { markdownStyles } from "./mail-style.ts";
import { renderLiquid } from "./render-liquid.ts";
import { TemplateProblem } from "./template-problem.ts";

/** The longest Markdown, after Liquid. It keeps the worst input of the Markdown reader under a second. */
const MARKDOWN_CHARACTERS_MAX = 16_000;

/** Elements that need no style of their own. */
const PLAIN_ELEMENTS = ["br", "strong", "b", "em", "i", "u", "s", "del", "thead", "tbody", "tr"];

/**
 * Renders a stored body on one mail's data to sanitised HTML. Values stay text whatever they hold. Throws a
 * TemplateProblem for whatever is wrong with the body.
 */
export function renderMarkdownBody(body: string, data: LowStockMail): string {
  const held = createHeldValues(ownAddresses(data));
  const markdown = renderLiquid(body, data, (value) => held.hold(value));
  if (markdown.length > MARKDOWN_CHARACTERS_MAX) {
    throw new TemplateProblem(
      `The body comes out ${markdown.length} characters long; at most ${MARKDOWN_CHARACTERS_MAX} fit.`,
    );
  }
  const html = sanitize(held.release(readMarkdown(markdown, held)));
  if (html.replaceAll(/<[^>]*>|\s/g, "") === "") {
    throw new TemplateProblem("The body comes out empty.");
  }
  return html;
}

function ownAddresses(data: LowStockMail): Set<string> {
  const addresses = [data.store.adminUrl, data.product.adminUrl, data.alert.adminUrl];
  return new Set(data.order === null ? addresses : [...addresses, data.order.adminUrl]);
}

/** Text up to where something else may begin: as marked has it, but for what an address would begin with. */
const plainText =
  /^(?:[`~]+|[^`~])(?:(?= {2,}\n)|[\s\S]*?(?:(?=[\\<![`*~_]|\b_|$)|[^ ](?= {2,}\n)))/;

function readMarkdown(markdown: string, held: HeldValues): string {
  const reader = new Marked({ gfm: true, async: false });
  reader.use({
    // Addresses that only stand in the text become no links: the mail's own are looked for below, and the search for
    // others takes time by the square of the text's length.
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
        // An address of the mail that stands in the text by itself is shown as a link.
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
    // The reader raises only where nesting outgrows the stack, and its own message asks to be reported elsewhere.
    throw new TemplateProblem("The body's Markdown is nested too deeply.");
  }
}

function sanitize(html: string): string {
  return sanitizeHtml(html, {
    allowedTags: [...Object.keys(markdownStyles), ...PLAIN_ELEMENTS],
    allowedAttributes: {
      "*": ["style", "class"],
      a: ["href"],
      ol: ["start"],
      th: ["align"],
      td: ["align"],
    },
    allowedSchemes: ["https", "http", "mailto"],
    allowProtocolRelative: false,
    // Each element gets its style from us and loses its own, so there is none to parse.
    parseStyleAttributes: false,
    nestingLimit: 50,
    transformTags: {
      "*": (tagName, { style: _style, class: _class, href, ...attribs }) => ({
        tagName,
        attribs: {
          ...(tagName === "th" ? { align: "left" } : {}),
          ...attribs,
          // An address without a scheme leads nowhere in a mail.
          ...(href !== undefined && /^(?:https?|mailto):/i.test(href) ? { href } : {}),
          ...markdownStyles[tagName],
        },
      }),
    },
  });
}
