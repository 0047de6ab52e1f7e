// What a store's own subject and body make of the low-stock mail, and that a broken one never stops it.

import { describe, expect, it } from "vitest";
import { lowStockSamples } from "../../../src/emails/low-stock/low-stock-samples.ts";
import { lowStockTemplate } from "../../../src/emails/low-stock/low-stock-template.ts";
import { voiceOf } from "../../../src/domain/language/languages.ts";
import { formatsOf } from "../../../src/emails/templating/mail-formats.ts";
import { mailWords } from "../../../src/emails/words/mail-words.ts";
import { wordLowStock } from "../../../src/emails/low-stock/low-stock-wording.ts";
import { renderLowStockMail } from "../low-stock/render-low-stock-mail.ts";
import { linksOf, visibleText } from "./read-html.ts";
import { sampleMail } from "../low-stock/sample-mail.ts";

const english = {
  words: { ...mailWords.en.lowStock, stockFooter: mailWords.en.stockFooter },
  formats: formatsOf(voiceOf({})),
};

describe("a store's override", () => {
  it("replaces subject and body inside the same frame", async () => {
    const mail = await renderLowStockMail(sampleMail("variant", "low"), {
      subject: "Reorder {{ holder.sku }}\u0000 now",
      body: "## Please **reorder** {{ variant.name }}\n\nSee {{ alert.adminUrl }} or the [product]({{ product.adminUrl }}).",
    });

    expect(mail).toMatchObject({
      subject: "Reorder TEE-BLUE-M now",
      usedOverride: true,
      overrideProblem: null,
    });
    expect(mail.html).toMatch(/<h2[^>]*>Please <strong>reorder<\/strong> Blue \/ M<\/h2>/);
    expect(mail.html).not.toContain("is running low");
    expect(linksOf(mail.html)).toEqual([
      "https://shop.example.com/admin/alerts/1042",
      "https://shop.example.com/admin/products/TEE",
      "https://shop.example.com/admin",
    ]);
    expect(visibleText(mail.html)).toContain("You get this mail because");
    expect(mail.text).toContain("Please reorder Blue / M");
    expect(mail.text).toContain("product (https://shop.example.com/admin/products/TEE)");
    expect(mail.text).toContain("You get this mail because");
  });

  it("of the subject alone keeps the built-in body, and the other way round", async () => {
    const data = sampleMail("product", "low");
    const subjectOnly = await renderLowStockMail(data, {
      subject: "Low: {{ product.sku }}",
      body: null,
    });
    const bodyOnly = await renderLowStockMail(data, { subject: null, body: "Hello" });

    expect(subjectOnly).toMatchObject({ subject: "Low: MUG-350", usedOverride: true });
    expect(subjectOnly.html).toContain("is running low");
    expect(bodyOnly).toMatchObject({
      subject: "Product Stock Low - Stoneware Mug 350 ml",
      usedOverride: true,
    });
    expect(bodyOnly.html).toContain(">Hello</p>");
  });

  it("that sets neither is no override", async () => {
    const mail = await renderLowStockMail(sampleMail("product", "low"), {
      subject: null,
      body: null,
    });

    expect(mail).toMatchObject({ usedOverride: false, overrideProblem: null });
  });

  it("makes links of the mail's own addresses and of written ones, and none of others in the text", async () => {
    const { html, text } = await renderLowStockMail(sampleMail("product", "low"), {
      subject: null,
      body: "{{ product.adminUrl }} https://a.example www.b.example c@d.example <https://e.example> [f](https://f.example) ~~g~~",
    });

    expect(linksOf(html)).toEqual([
      "https://shop.example.com/admin/products/MUG-350",
      "https://e.example",
      "https://f.example",
      "https://shop.example.com/admin",
    ]);
    expect(html).toContain("<del");
    expect(text).toContain("https://a.example www.b.example c@d.example");
  });

  it("loses what HTML of its own would run, load or restyle", async () => {
    const { html } = await renderLowStockMail(sampleMail("product", "low"), {
      subject: null,
      body: '<p style="position:fixed" class="tm-page" onclick="x()">a</p><script>x()</script><img src="https://example.com/x.png"><iframe src="https://example.com"></iframe><style>p{}</style>\n\n![i](https://example.com/i.png)\n\n[rel](/somewhere) [proto](//example.com)',
    });

    expect(html).not.toMatch(/<(?:script|img|iframe)\b|onclick|position:fixed|src=/);
    expect(html.match(/<style>/g)).toHaveLength(2);
    expect(linksOf(html)).toEqual(["https://shop.example.com/admin"]);
  });

  it.each([
    [
      "a broken subject",
      { subject: "{{ product.nme }}", body: "Fine" },
      /^Line 1 of the subject: There is no variable "product.nme"/,
    ],
    [
      "a broken body",
      { subject: "Fine", body: "one\n\n{{ product.nme }}" },
      /^Line 3 of the body: There is no variable "product.nme"/,
    ],
    [
      "an unreadable body",
      { subject: null, body: "a\n{% if order %}" },
      /^Line 2 of the body: .* is never closed/,
    ],
    [
      "a body that comes out empty",
      { subject: null, body: "{% if false %}x{% endif %}" },
      /^The body comes out empty/,
    ],
    [
      "a body that only this mail breaks",
      { subject: null, body: "{% if product.sku == 'MUG-350' %}{{ product }}{% endif %}" },
      /group of values/,
    ],
    [
      "endless loops",
      {
        subject: null,
        body: "{% for i in (1..100000000) %}{% for j in (1..100000000) %}x{% endfor %}{% endfor %}",
      },
      /does too much/,
    ],
    [
      "text too long for a mail",
      { subject: null, body: "{% for i in (1..3000) %}**x** {% endfor %}" },
      /at most 16000 fit/,
    ],
  ])("with %s is set aside, and the built-in mail goes out", async (_what, override, problem) => {
    const data = sampleMail("product", "low");
    const builtIn = await renderLowStockMail(data, null);
    const mail = await renderLowStockMail(data, override);

    expect(mail.overrideProblem).toMatch(problem);
    expect({ ...mail, overrideProblem: null }).toEqual(builtIn);
  });

  it("that grows beyond what Gmail shows whole is set aside", async () => {
    const override = { subject: null, body: "a\n\n".repeat(2_400) };
    const mail = await renderLowStockMail(sampleMail("product", "low"), override);

    expect(mail.overrideProblem).toMatch(/some mail programs cut it off/);
    expect(Buffer.byteLength(mail.html)).toBeLessThan(102_000);
  });

  it("may begin with the starter body, which says the same as the built-in mail", async () => {
    for (const { data } of lowStockSamples) {
      const builtIn = wordLowStock(data, english);
      const { text, overrideProblem } = await renderLowStockMail(data, {
        subject: lowStockTemplate.words.en.subject,
        body: lowStockTemplate.words.en.starterBody,
      });

      expect(overrideProblem).toBeNull();
      expect(text).toContain(`Units left: ${data.stock.unitsInStock}`);
      expect(text).toContain(`Threshold: ${data.stock.threshold}`);
      expect(text).toContain(data.holder.sku);
      expect(text).toContain(builtIn.headline.replace(` (${data.variant?.name})`, ""));
      expect(text).toContain(data.order?.reference ?? data.cause);
      expect(text).toContain(data.product.adminUrl);
    }
  });
});
