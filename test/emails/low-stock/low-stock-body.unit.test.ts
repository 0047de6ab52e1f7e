// What the built-in low-stock mail says, in HTML and plain text, and what it tells mail programs.

import { describe, expect, it } from "vitest";
import { lowStockMailSchema } from "../../../src/emails/low-stock/low-stock-mail.ts";
import { renderLowStockMail } from "./render-low-stock-mail.ts";
import { linksOf, visibleText } from "../templating/read-html.ts";
import { sampleMail } from "./sample-mail.ts";

describe("the built-in mail", () => {
  it("says what ran low, of a product, and through which order, in both parts", async () => {
    const mail = await renderLowStockMail(sampleMail("product", "low"), null);

    expect(mail.subject).toBe("Product Stock Low - Stoneware Mug 350 ml");
    expect(mail).toMatchObject({ usedOverride: false, overrideProblem: null });
    for (const part of [visibleText(mail.html), mail.text]) {
      expect(part).toContain("Stoneware Mug 350 ml is running low");
      expect(part).toContain(
        "After order R-20418, this product has 4 units left, below its threshold of 5.",
      );
      expect(part).toContain("MUG-350");
      expect(part).toContain("Lasts about 2 days");
      expect(part).toContain("14 March 2026 at 09:26 UTC");
      expect(part).toContain("Open the product");
      expect(part).toContain("ada@example.com");
    }
    expect(mail.text).toContain("Units left: 4\nThreshold: 5\nSold in 7 days: 18\n");
    expect(visibleText(mail.html)).toMatch(/ 4 units left 5 threshold 18 sold in 7 days /);
    expect(mail.text).toContain("https://shop.example.com/admin/products/MUG-350");
    expect(linksOf(mail.html)).toContain("https://shop.example.com/admin/products/MUG-350");
    expect(linksOf(mail.html)).toContain("https://shop.example.com/admin/orders/R-20418");
  });

  it("names the variant and its own SKU if a variant ran low", async () => {
    const mail = await renderLowStockMail(sampleMail("variant", "low"), null);

    for (const part of [visibleText(mail.html), mail.text]) {
      expect(part).toContain("Organic T-Shirt (Blue / M) is running low");
      expect(part).toContain("the variant Blue / M of Organic T-Shirt has 4 units left");
      expect(part).toContain("TEE-BLUE-M");
    }
  });

  it("says that it is not sold if the threshold holds its units back", async () => {
    const mail = await renderLowStockMail(sampleMail("product", "held back"), null);

    for (const part of [visibleText(mail.html), mail.text]) {
      expect(part).toContain("Stoneware Mug 350 ml is not sold any more");
      expect(part).toContain(
        "this product is not sold: 4 on the shelf, held back by the threshold.",
      );
      expect(part).not.toContain("Lasts");
    }
    expect(visibleText(mail.html)).toContain("Not sold");
  });

  it("says that units have risen since, if they have", async () => {
    const data = sampleMail("product", "out");
    data.stock.unitsSince = 24;
    const mail = await renderLowStockMail(data, null);

    expect(mail.text).toContain("has no units left. Since then its units have risen to 24.");
  });

  it("says that none is left if nothing is", async () => {
    const mail = await renderLowStockMail(sampleMail("product", "out"), null);

    for (const part of [visibleText(mail.html), mail.text]) {
      expect(part).toContain("Stoneware Mug 350 ml has none left");
      expect(part).toContain("this product has no units left");
      expect(part).not.toContain("Lasts");
    }
    expect(visibleText(mail.html)).toContain("None left");
  });

  it("says how many units are short if it was oversold on purpose", async () => {
    const data = sampleMail("product", "out");
    data.stock.unitsInStock = -3;
    const mail = await renderLowStockMail(data, null);

    expect(mail.text).toContain("this product is 3 units short: more was sold than was there");
    expect(visibleText(mail.html)).toContain("\u22123 units left");
  });

  it("names a person's change if no order took the units", async () => {
    const mail = await renderLowStockMail(sampleMail("product", "low", "without an order"), null);

    for (const part of [visibleText(mail.html), mail.text]) {
      expect(part).toContain("After an adjustment, this product has 4 units left");
      expect(part).not.toContain("R-20418");
    }
    expect(mail.text).toMatch(/^Caused by: An adjustment$/m);
  });

  it("writes one unit in the singular, and says if the threshold is met exactly", async () => {
    const data = sampleMail("product", "low");
    data.stock = { unitsInStock: 1, threshold: 1, state: "low", unitsSince: null };
    const mail = await renderLowStockMail(data, null);

    expect(mail.text).toContain("has 1 unit left, exactly its threshold of 1.");
    expect(mail.text).toContain("Unit left: 1");
  });

  it("tells programs its language, its title, a preview line and that it suits dark screens", async () => {
    const { html, subject } = await renderLowStockMail(sampleMail("product", "low"), null);

    expect(html).toContain('<html dir="ltr" lang="en">');
    expect(html).toContain(`<title>${subject}</title>`);
    expect(html).toContain('<meta name="color-scheme" content="light dark"/>');
    expect(html).toContain("@media (prefers-color-scheme:dark)");
    expect(html).toContain('<meta name="viewport" content="width=device-width, initial-scale=1"/>');
    expect(html).toContain(">4 units left, threshold 5. 18 sold in the last 7 days.");
    const [layoutTables, dataTables] = [
      /<table[^>]*role="presentation"/g,
      /<table(?![^>]*role=)[^>]*>/g,
    ];
    expect(html.match(layoutTables)?.length).toBeGreaterThan(3);
    // The one table of data has a header for each row.
    expect(html.match(dataTables)).toHaveLength(1);
    expect(html.match(/<th scope="row"/g)?.length).toBeGreaterThan(3);
  });

  it("of a very long name stays whole in the mail and short in the subject", async () => {
    const data = sampleMail("product", "low");
    data.product.name = "Mug ".repeat(500).trim();
    const mail = await renderLowStockMail(data, null);

    expect(Array.from(mail.subject)).toHaveLength(200);
    expect(mail.subject.endsWith("…")).toBe(true);
    expect(mail.text.split("\n")[2]?.length).toBeLessThan(150);
  });
});

describe("the stored data of a mail", () => {
  it("admits no address that would run a script, and no recipient that is not one", () => {
    const data = sampleMail("product", "low");
    const scripted = { ...data, product: { ...data.product, adminUrl: "javascript:alert(1)" } };
    const doubled = {
      ...data,
      recipient: { name: "Ada", email: "a@example.com\nBcc: b@example.com" },
    };

    expect(lowStockMailSchema.safeParse(scripted).success).toBe(false);
    expect(lowStockMailSchema.safeParse(doubled).success).toBe(false);
  });
});
