// What the built-in mail to a supplier says, for both its HTML and its plain text, and its file.

import { stringify } from "csv-stringify/sync";
import { oneLine, shortLine } from "../../domain/one-line.ts";
import { guard } from "../../domain/product-file/product-columns.ts";
import type { MailAttachment, MailFrame, Speech } from "../templating/mail-template.ts";
import { nameLimitOf } from "../templating/name-limit.ts";
import type { SupplierOrderMail } from "./supplier-order-mail.ts";
import type { SupplierOrderWords } from "./supplier-order-words.ts";

/** In bytes. What surrounds the own texts of 200 lines takes some 75 kB, so the mail stays below the 102 kB of Gmail. */
const ownBytesMax = 20_000;

type SupplierSpeech = Speech<SupplierOrderWords>;

/** What surrounds the body. A supplier has no login, so nothing leads to the admin app. */
export function frameSupplierOrder(
  { store, recipient, lines }: SupplierOrderMail,
  speech: SupplierSpeech,
): MailFrame {
  return {
    preheader: sumWords(lines, speech),
    footer: speech.words.footer(oneLine(store.name), oneLine(recipient.email)),
    links: [],
    isForOutsiders: true,
  };
}

/** Everything that the built-in body says, from top to bottom. */
export type SupplierOrderWording = {
  readonly headline: string;
  /** The lines that the sender wrote. */
  readonly message: readonly string[];
  readonly lines: readonly {
    readonly units: string;
    readonly name: string;
    readonly sku: string;
  }[];
  readonly sum: string;
  /** The headings of the two columns. */
  readonly heads: { readonly item: string; readonly units: string };
};

/** What the built-in body says. */
export function wordSupplierOrder(
  { order, lines }: SupplierOrderMail,
  speech: SupplierSpeech,
): SupplierOrderWording {
  const charactersMax = nameLimitOf(
    lines.map(({ name, sku }) => ({ name, others: sku })),
    ownBytesMax,
  );
  return {
    headline: oneLine(order.subject),
    message: order.message.trim() === "" ? [] : order.message.trim().split(/\r\n|\r|\n/),
    lines: lines.map(({ sku, name, units }) => ({
      units: speech.formats.counted(units).text,
      name: shortLine(name, charactersMax),
      sku: oneLine(sku),
    })),
    sum: sumWords(lines, speech),
    heads: speech.words,
  };
}

function sumWords(lines: SupplierOrderMail["lines"], { words, formats }: SupplierSpeech): string {
  const units = lines.reduce((sum, line) => sum + line.units, 0);
  return words.sum(formats.counted(lines.length), formats.counted(units));
}

/** The body as plain text. It says the same as the HTML does. */
export function writeSupplierOrderText(wording: SupplierOrderWording): string {
  const { headline, message, lines, sum } = wording;
  const items = lines.map(({ units, name, sku }) => `${units} x ${name} (${sku})`);
  return [
    headline,
    ...(message.length === 0 ? [] : [message.join("\n")]),
    items.join("\n"),
    sum,
  ].join("\n\n");
}

/** The items as a file for spreadsheets, in the form of the exports, with headings in the language of the mail. */
export function attachSupplierOrder(
  { lines }: SupplierOrderMail,
  { words }: SupplierSpeech,
): readonly MailAttachment[] {
  const rows = lines.map(({ sku, name, units }) => [guard(sku), guard(name), units]);
  const text = stringify([[...words.fileHeads], ...rows], { record_delimiter: "windows" });
  // Excel needs the byte order mark to read the file as UTF-8.
  return [{ filename: "order.csv", contentType: "text/csv", content: `\u{FEFF}${text}` }];
}
