// SKUs and references are compared in one form, wherever they come in, and never have a character that nobody can see.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fieldOf, pageIn } from "../support/answers.ts";
import { readOrder } from "../support/orders.ts";
import { startTestService, type TestService } from "../support/service.ts";

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
  const variants = [{ sku: composed("CAFÉ-S"), name: composed("Größe S"), unitsInStock: 50 }];
  await service.send("PUT", `/products/${address(composed("CAFÉ"))}`, {
    name: composed("Café crème"),
    unitsInStock: 50,
    variants,
  });
  await service.send("PUT", "/products/TEA", { name: "Tea", unitsInStock: 50 });
});
afterAll(() => service.stop());

const composed = (text: string) => text.normalize("NFC");
const apart = (text: string) => text.normalize("NFD");
const address = (text: string) => encodeURIComponent(text);
const wait = { prefer: "wait=20" };

const product = composed("CAFÉ");
const variant = composed("CAFÉ-S");

/** Other ways to write a text that are the same text. */
const otherWays = (text: string) => [apart(text), ` ${text}`, `${apart(text)}\u00a0`];

describe("a SKU in another form", () => {
  it.each(otherWays(product))("names the product in an address: %j", async (sku) => {
    expect((await service.send("GET", `/products/${address(sku)}`)).status).toBe(200);
    const again = await service.send("PUT", `/products/${address(sku)}`, {
      sku,
      name: apart("Café crème"),
      unitsInStock: 50,
    });
    expect([again.status, fieldOf(again.body, "sku")]).toEqual([200, product]);
  });

  it.each(otherWays(variant))("names a variant and its stock: %j", async (sku) => {
    expect(fieldOf((await service.send("GET", `/stock/${address(sku)}`)).body, "sku")).toBe(
      variant,
    );
    const adjusted = await service.send("POST", `/stock/${address(sku)}/adjustments`, { set: 50 });
    expect(adjusted.status).toBe(200);
    for (const part of ["movements", "history"]) {
      expect((await service.send("GET", `/stock/${address(sku)}/${part}`)).status).toBe(200);
    }
    const shown = await service.send("GET", `/availability?sku=${address(sku)}`);
    expect(
      pageIn({ ...shown, body: { ...Object(shown.body), nextCursor: null } }).data,
    ).toMatchObject([{ sku: variant, known: true }]);
    const lines = [{ sku, quantity: 1 }];
    const checked = await service.send("POST", "/availability/check", { lines });
    expect(checked.body).toMatchObject({ acceptable: true });
    expect((await service.send("GET", `/alerts?sku=${address(sku)}`)).status).toBe(200);
  });

  it.each(otherWays(variant))("is ordered, found and put back: %j", async (sku) => {
    // A blank at its end is cut off, so the reference needs an end of its own.
    const reference = `SO-É-${address(sku)}`;
    const answer = await service.send(
      "POST",
      "/orders",
      { reference, lines: [{ sku, quantity: 2 }] },
      wait,
    );
    const order = readOrder(answer);
    expect(order.lines).toMatchObject([{ sku: variant, allocated: 2 }]);
    for (const query of [`sku=${address(sku)}`, `reference=${address(apart(reference))}`]) {
      const found = pageIn(await service.send("GET", `/orders?${query}`));
      expect(found.data.map(({ id }) => id)).toContain(order.id);
    }
    await service.send("POST", `/orders/${order.id}/cancel`);
    const lines = [{ sku, quantity: 2 }];
    const back = await service.send("POST", `/orders/${order.id}/restock`, { lines });
    expect(readOrder(back).lines).toMatchObject([{ restocked: 2 }]);
  });

  it("makes no second product, variant or row of a file", async () => {
    const twin = await service.send("PATCH", "/products/TEA", {
      variants: [{ sku: apart(variant), name: "A twin" }],
    });
    expect(twin.status).toBe(409);
    const twice = await service.send("PATCH", "/products/TEA", {
      variants: [
        { sku: composed("É"), name: "One" },
        { sku: apart("É"), name: "Two" },
      ],
    });
    expect(twice.status).toBe(422);
    const csv = `sku,unitsInStock\n${apart(product)},50\n`;
    const imported = await service.send("POST", "/product-import?dryRun=true", { csv });
    expect(imported.body).toMatchObject({ created: 0, updated: 0, unchanged: 1 });
    const rows = await service.sql("select sku from product where sku not in ($1, 'TEA')", [
      product,
    ]);
    expect(rows).toEqual([]);
  });
});

it("a search finds either form, in SKUs and names of products and variants", async () => {
  const other = { name: apart("Thé à la crème"), unitsInStock: 1 };
  await service.send("PUT", "/products/OTHER", other);
  for (const form of [composed("Thé à"), apart("Thé à")]) {
    const found = pageIn(await service.send("GET", `/products?q=${address(form)}`));
    expect(found.data).toMatchObject([{ sku: "OTHER", name: other.name }]);
  }
  await service.send("DELETE", "/products/OTHER");
  for (const q of ["café", "crème", "größe", "CAFÉ-S"]) {
    for (const form of [composed(q), apart(q)]) {
      const found = pageIn(await service.send("GET", `/products?q=${address(form)}`));
      expect(found.data.map(({ sku }) => sku)).toEqual([product]);
    }
  }
});

it("a reference in another form is the same order", async () => {
  const body = { reference: composed("SO-É"), lines: [{ sku: "TEA", quantity: 1 }] };
  const first = readOrder(await service.send("POST", "/orders", body, wait));
  for (const reference of otherWays(body.reference)) {
    const again = readOrder(await service.send("POST", "/orders", { ...body, reference }, wait));
    expect([again.id, again.reference]).toEqual([first.id, body.reference]);
  }
});

const unseen = ["\u200b", "\u202e", "\u2066", "\u00ad", "\ufeff", "\u00a0", "\u3000"];

describe.each(unseen)("an invisible character, %j,", (character) => {
  const sku = `TE${character}A`;
  const code = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
  const refusal = (pointer: string) => ({
    errors: [{ pointer, detail: expect.stringContaining(code) }],
  });

  it.each([
    ["POST", "/orders", { reference: "U-1", lines: [{ sku, quantity: 1 }] }, "/lines/0/sku"],
    ["POST", "/orders", { reference: sku, lines: [{ sku: "TEA", quantity: 1 }] }, "/reference"],
    ["POST", "/availability/check", { lines: [{ sku, quantity: 1 }] }, "/lines/0/sku"],
    ["PATCH", "/products/TEA", { variants: [{ sku, name: "S" }] }, "/variants/0/sku"],
    ["PATCH", "/products/TEA", { sku }, "/sku"],
    ["PUT", `/products/${address(sku)}`, { name: "Tea", unitsInStock: 1 }, "sku"],
    ["POST", `/stock/${address(sku)}/adjustments`, { set: 1 }, "sku"],
    ["GET", `/stock/${address(sku)}`, undefined, "sku"],
    ["GET", `/availability?sku=TEA&sku=${address(sku)}`, undefined, "sku.1"],
    ["GET", `/alerts?sku=${address(sku)}`, undefined, "sku"],
    ["GET", `/orders?sku=${address(sku)}`, undefined, "sku"],
    ["GET", `/orders?reference=${address(sku)}`, undefined, "reference"],
    ["GET", `/stock/${address(sku)}/history`, undefined, "sku"],
  ])("is refused with its place: %s %s", async (method, path, body, pointer) => {
    const answer = await service.send(method, path, body);
    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject(refusal(pointer));
  });

  it("is refused in the lines of a restock and in a file", async () => {
    const id = "00000000-0000-4000-8000-000000000000";
    const lines = [{ sku, quantity: 1 }];
    const restock = await service.send("POST", `/orders/${id}/restock`, { lines });
    expect(restock.body).toMatchObject(refusal("/lines/0/sku"));
    const csv = `sku,name,unitsInStock\n${sku},Tea,1\n`;
    const file = await service.send("POST", "/product-import?dryRun=true", { csv });
    expect(JSON.stringify(file.body)).toContain(code);
  });
});
