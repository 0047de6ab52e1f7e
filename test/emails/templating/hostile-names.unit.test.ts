// Names that hold Markdown, HTML or template syntax: they are shown as they are, and do nothing.

import { describe, expect, it } from "vitest";
import type { LowStockMail } from "../../../src/emails/low-stock/low-stock-mail.ts";
import { renderLowStockMail } from "../low-stock/render-low-stock-mail.ts";
import { elementsOf, linksOf, visibleText } from "./read-html.ts";
import { hostileNames, sampleMail } from "../low-stock/sample-mail.ts";

/** A mail in which everything that people name has this name. */
function named(name: string): LowStockMail {
  const data = sampleMail("variant", "low");
  return {
    ...data,
    store: { ...data.store, name },
    product: { ...data.product, name, sku: name },
    variant: { sku: name, name },
    holder: { kind: "variant", sku: name, name },
    order: { reference: name, adminUrl: "https://shop.example.com/admin/orders/1" },
    recipient: { ...data.recipient, name },
  };
}

describe("hostile names", () => {
  const override = {
    subject: "{{ product.name }}",
    body: [
      "# {{ product.name }}",
      "{{ product.name }} and **{{ store.name }}** and `{{ holder.sku }}`",
      "- {{ variant.name }}",
      "> {{ recipient.name | upcase }}",
      "| {{ product.sku }} |\n| --- |\n| {{ product.name }} |",
      "[{{ product.name }}]({{ product.adminUrl }})",
      "{% capture both %}{{ product.name }} {{ variant.name }}{% endcapture %}{{ both }}",
      '<b title="{{ product.name }}">{{ product.name }}</b> <i title={{ product.name }}>i</i>',
      "```\n{{ product.name }}\n```",
      "    {{ product.name }}",
    ].join("\n\n"),
  };

  it.each(hostileNames)("%j stay text in the built-in mail", async (name) => {
    const plain = await renderLowStockMail(named("Harmless"), null);
    const mail = await renderLowStockMail(named(name), null);

    expect(elementsOf(mail.html)).toEqual(elementsOf(plain.html));
    expect(linksOf(mail.html)).toEqual(linksOf(plain.html));
    expect(visibleText(mail.html)).toContain(name.replaceAll(/\s+/g, " "));
    expect(mail.subject).not.toMatch(/[\r\n]/);
  });

  it.each(hostileNames)("%j stay text in an override", async (name) => {
    const plain = await renderLowStockMail(named("Harmless"), override);
    const mail = await renderLowStockMail(named(name), override);

    expect(mail.overrideProblem).toBeNull();
    expect(elementsOf(mail.html)).toEqual(elementsOf(plain.html));
    expect(linksOf(mail.html)).toEqual(linksOf(plain.html));
    const shown = name.replaceAll(/\s+/g, " ");
    expect(visibleText(mail.html).split(shown)).toHaveLength(
      visibleText(plain.html).split("Harmless").length,
    );
    expect(mail.text.split(shown)).toHaveLength(plain.text.split("Harmless").length);
    expect(mail.html).not.toMatch(/<[^>]*\son[a-z]+=/i);
  });

  it("does not become a link if an override uses it as an address", async () => {
    const data = sampleMail("product", "low");
    data.product.name = "javascript:alert(1)";
    const mail = await renderLowStockMail(data, {
      subject: null,
      body: "[go]({{ product.name }}) <a href='{{ product.name }}'>go</a>",
    });

    expect(mail.usedOverride).toBe(true);
    expect(linksOf(mail.html)).toEqual([data.store.adminUrl]);
  });
});
