// Low-stock mails for the tests: the samples that overrides are tried on, with what a test changes.

import type { LowStockMail } from "../../../src/emails/low-stock/low-stock-mail.ts";
import { lowStockSamples } from "../../../src/emails/low-stock/low-stock-samples.ts";

/** Returns a fresh copy of the sample of a shape. */
export function sampleMail(
  kind: "product" | "variant",
  state: "low" | "held back" | "out",
  cause: "through an order" | "without an order" = "through an order",
): LowStockMail {
  const title = `${kind}, ${state}, ${cause}`;
  const sample = lowStockSamples.find((candidate) => candidate.title === title);
  if (sample === undefined) throw new Error(`There is no sample titled "${title}".`);
  return structuredClone(sample.data);
}

/** Names that would do harm anywhere they were taken for more than text. */
export const hostileNames = [
  "[click](https://evil.example/a)",
  "<img src=x onerror=alert(1)>",
  '"><script>alert(1)</script>',
  "![x](https://evil.example/b.png)",
  "# Heading\n\n- list\n\n> quote",
  "**bold** _it_ `code` ~~gone~~ | cell |",
  "<https://evil.example/c> www.evil.example eve@evil.example",
  "&lt;b&gt; &amp; &#42;",
  "{{ store.name }} {% include 'x' %}",
  "</title></style><b>x</b>",
];
