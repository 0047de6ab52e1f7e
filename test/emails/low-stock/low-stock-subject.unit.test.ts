// The subject names what ran low, its variant and its state, so that two mails about different news look different.

import { expect, it } from "vitest";
import { lowStockSamples } from "../../../src/emails/low-stock/low-stock-samples.ts";
import { lowStockTemplate } from "../../../src/emails/low-stock/low-stock-template.ts";
import { renderSubject } from "../../../src/emails/templating/render-subject.ts";

const subjectOf = (title: string) => {
  const sample = lowStockSamples.find((known) => known.title === title);
  return sample && renderSubject(lowStockTemplate.words.en.subject, sample.data);
};

it.each([
  ["product, low, through an order", "Product Stock Low - Stoneware Mug 350 ml"],
  [
    "product, held back, through an order",
    "Product Stock Low - Stoneware Mug 350 ml: not sold any more",
  ],
  ["product, out, through an order", "Product Stock Low - Stoneware Mug 350 ml: none left"],
  ["variant, low, through an order", "Product Stock Low - Organic T-Shirt, Blue / M"],
  [
    "variant, held back, without an order",
    "Product Stock Low - Organic T-Shirt, Blue / M: not sold any more",
  ],
  ["variant, out, through an order", "Product Stock Low - Organic T-Shirt, Blue / M: none left"],
])("of %s is %s", (title, subject) => expect(subjectOf(title)).toBe(subject));
