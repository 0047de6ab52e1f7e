// Each person's mail in their own language, as it arrives at a mail server: subject, text, dates, and the store's texts.

import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startSmtpReceiver } from "../../tools/lab/smtp-server.ts";
import { startTestService, type TestService } from "../support/service.ts";

const patience = { timeout: 30_000, interval: 50 };
const people = [
  { name: "grete", language: "de", locale: "de-AT", timeZone: "Europe/Vienna" },
  { name: "fleur", language: "fr", locale: "en-US", timeZone: "Asia/Tokyo" },
  { name: "elena", language: "es" },
  { name: "ann", language: "en", locale: "en-US", timeZone: "America/New_York" },
  { name: "sam" },
] as const;
type Name = (typeof people)[number]["name"];

let service: TestService;
let receiver: Awaited<ReturnType<typeof startSmtpReceiver>>;

beforeAll(async () => {
  receiver = await startSmtpReceiver();
  service = await startTestService({
    environment: {
      SMTP_URL: receiver.url,
      SWEEP_INTERVAL_MS: "200",
      SWEEP_AFTER_MS: "200",
      MAIL_GATHER_MS: "0",
    },
  });
  for (const person of people) {
    const answer = await service.send("POST", "/admin-users", {
      ...person,
      email: `${person.name}@example.com`,
      groups: ["store-managers"],
    });
    expect(answer.status).toBe(201);
  }
});
afterAll(async () => {
  await service.stop();
  await receiver[Symbol.asyncDispose]();
});
beforeEach(async () => {
  await service.sql("delete from mail_template");
  await service.sql("update store set language = 'en'");
  await service.sql("update admin_user set language = null where email = 'sam@example.com'");
});

/** Lets an item run low, and resolves with a function that gives the mail that somebody got about it. */
async function runLow(name: string) {
  const sku = `L-${randomUUID()}`;
  const body = { name, unitsInStock: 6, stockAlertThreshold: 5, outOfStockThreshold: 0 };
  expect((await service.send("PUT", `/products/${sku}`, body)).status).toBe(201);
  const lines = [{ sku, quantity: 1 }];
  const order = await service.send("POST", "/orders", { reference: sku, lines });
  expect(order.status).toBe(202);
  const about = () => receiver.received.filter(({ raw }) => raw.includes(sku.slice(0, 20)));
  await expect.poll(() => about().length, patience).toBe(people.length + 1);
  return (who: Name) => {
    const mail = about().find(({ recipients }) => recipients.includes(`${who}@example.com`));
    if (mail === undefined) throw new Error(`Expected a mail to ${who}; there is none.`);
    return mail;
  };
}

const save = (language: string | null, override: object) =>
  service.send(
    "PUT",
    `/mail-templates/shop:low_stock_internal${language === null ? "" : `?language=${language}`}`,
    override,
  );

describe("a mail about low stock", () => {
  it("is in the language of its reader, with the dates of their region and zone", async () => {
    const mailTo = await runLow("Müsli “Größe L”");

    const german = mailTo("grete").parsed;
    expect(german.subject).toBe("Bestand niedrig - Müsli “Größe L”");
    expect(german.text).toMatch(
      /^Nach Bestellung L-\S+ sind von diesem Produkt noch 5 Stück da, genau/m,
    );
    expect(german.text).toMatch(/^Gemeldet: \d+\. \p{L}+ \d{4} um \d\d:\d\d MES?Z$/mu);
    expect(german.html).toContain('lang="de"');
    expect(german.html).toContain("Verwaltung öffnen");

    const french = mailTo("fleur").parsed;
    expect(french.subject).toBe("Stock bas - Müsli “Größe L”");
    expect(french.text).toMatch(
      /Après la commande L-\S+, il reste 5 unités pour ce produit, exactement/,
    );
    // Her region is of another language, so the dates are those of France, in her zone.
    expect(french.text).toMatch(/^Alerte émise: \d+ \p{L}+ \d{4} à \d\d:\d\d UTC\+9$/mu);

    const spanish = mailTo("elena").parsed;
    expect(spanish.subject).toBe("Pocas existencias - Müsli “Größe L”");
    expect(spanish.text).toMatch(/Tras el pedido L-\S+, quedan 5 unidades de este producto, justo/);
    expect(spanish.text).toMatch(/^Aviso creado: \d+ de \p{L}+ de \d{4} a las? \d+:\d\d UTC$/mu);

    const american = mailTo("ann").parsed;
    expect(american.subject).toBe("Product Stock Low - Müsli “Größe L”");
    expect(american.text).toMatch(/^Alert raised: \w+ \d+, \d{4} at \d+:\d\d\s[AP]M E[SD]T$/mu);

    const usual = mailTo("sam").parsed;
    expect(usual.subject).toBe("Product Stock Low - Müsli “Größe L”");
    expect(usual.text).toMatch(/^Alert raised: \d+ \w+ \d{4} at \d\d:\d\d UTC$/m);
  });

  it("arrives as UTF-8, with a subject of plain signs, in every language", async () => {
    const mailTo = await runLow("Straßenlaterne – 灯 🏮");
    for (const { name } of people) {
      const { raw, parsed } = mailTo(name);
      const [head = "", ...rest] = raw.split("\r\n\r\n");
      // What is not ASCII is encoded (RFC 2047), so that every mail server passes it on as it is.
      // eslint-disable-next-line no-control-regex -- it is about the range of all plain signs
      expect(head).toMatch(/^[\x00-\x7F]*$/);
      expect(head).toMatch(/^Subject: .*=\?UTF-8\?[BQ]\?/m);
      expect(raw.match(/^Content-Type: text\/(plain|html); charset=utf-8\r$/gm)).toHaveLength(2);
      // eslint-disable-next-line no-control-regex -- as above
      expect(rest.join("\r\n\r\n")).toMatch(/^[\x00-\x7F]*$/);
      expect(raw.split("\r\n").every((line) => line.length <= 998)).toBe(true);
      expect(parsed.subject).toContain("Straßenlaterne – 灯 🏮");
      expect(parsed.text).toContain("Straßenlaterne – 灯 🏮");
      for (const [mark] of String(parsed.html).matchAll(/<!--\[if[^>]*>/g)) {
        expect(mark).not.toMatch(/\s*\n/);
      }
    }
  });
});

describe("a person without a language", () => {
  it("gets mails in the language of the store", async () => {
    await service.sql("update store set language = 'fr'");
    const mailTo = await runLow("Mug");
    expect(mailTo("sam").parsed.subject).toBe("Stock bas - Mug");
    expect(mailTo("grete").parsed.subject).toBe("Bestand niedrig - Mug");
  });
});

describe("a text of the store", () => {
  it("for all languages is used in each that has no text of its own", async () => {
    expect((await save(null, { subject: "Look: {{ product.name }}" })).status).toBe(200);
    expect((await save("de", { subject: "Schau: {{ product.name }}" })).status).toBe(200);
    const mailTo = await runLow("Mug");
    expect(mailTo("grete").parsed.subject).toBe("Schau: Mug");
    // What the text leaves out is built in, in the reader's language.
    expect(mailTo("grete").parsed.text).toContain("Gemeldet:");
    expect(mailTo("fleur").parsed.subject).toBe("Look: Mug");
    expect(mailTo("fleur").parsed.text).toContain("Alerte émise:");
    expect(mailTo("sam").parsed.subject).toBe("Look: Mug");
  });

  it("for one language leaves the others built in, and says what changed the stock in it", async () => {
    const body = "Grund: {{ cause }}{% if order %}Bestellung {{ order.reference }}{% endif %}";
    expect((await save("de", { body })).status).toBe(200);
    const mailTo = await runLow("Mug");
    expect(mailTo("grete").parsed.subject).toBe("Bestand niedrig - Mug");
    expect(mailTo("grete").parsed.text).toMatch(/Grund: eine BestandsänderungBestellung L-/);
    expect(mailTo("fleur").parsed.text).toContain("Alerte émise:");
  });

  it("that was removed gives way to the one for all languages", async () => {
    await save(null, { subject: "Look: {{ product.name }}" });
    await save("de", { subject: "Schau: {{ product.name }}" });
    const address = "/mail-templates/shop:low_stock_internal?language=de";
    expect((await service.send("DELETE", address)).status).toBe(204);
    const mailTo = await runLow("Mug");
    expect(mailTo("grete").parsed.subject).toBe("Look: Mug");
  });
});
