// The search over everything, and the list of orders that is searched by words.

import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { searchReplySchema } from "../../../src/contract/search.ts";
import { orderCountSchema } from "../../../src/contract/orders.ts";
import * as z from "zod";
import { webhookJob } from "../../../src/queues/jobs/deliver-webhook.ts";
import { pageIn } from "../../support/answers.ts";
import { keyWith } from "../../support/people.ts";
import { startTestService, type TestService } from "../../support/service.ts";

let service: TestService;

const place = (reference: string, sku: string, customer: unknown) =>
  service.send(
    "POST",
    "/orders",
    { reference, customer, lines: [{ sku, quantity: 1 }] },
    { prefer: "wait=10" },
  );

beforeAll(async () => {
  service = await startTestService();
  await service.send("PUT", "/products/WHISK-BAMBOO", { name: "Matcha whisk", unitsInStock: 50 });
  await service.send("PUT", "/products/MUG", {
    name: "Stoneware mug",
    unitsInStock: 50,
    variants: [
      { sku: "MUG-MOSS", name: "Moss" },
      { sku: "MUG-SEA", name: "Séa" },
    ],
  });
  const zoe = { name: "Zoë Müller-Lüdenscheidt", email: "zoe@example.org" };
  await place("WEB-2026-000077", "WHISK-BAMBOO", zoe);
  await place("web-2026-000078", "MUG-MOSS", { name: "Ada", address: { city: "Leeds" } });
  await place("A/B C%ö", "MUG-SEA", zoe);
  await found("zoe", 2);
});

afterAll(() => service.stop());

const search = async (q: string, more = "", headers?: { authorization: string }) => {
  const answer = await service.send(
    "GET",
    `/search?q=${encodeURIComponent(q)}${more}`,
    undefined,
    headers,
  );
  expect(answer.status).toBe(200);
  return searchReplySchema.parse(answer.body);
};

const namesIn = ({ data }: z.output<typeof searchReplySchema>) =>
  data.map((hit) =>
    hit.kind === "order"
      ? hit.reference
      : hit.kind === "mail"
        ? hit.to
        : "sku" in hit
          ? hit.sku
          : hit.kind,
  );

/** The references of the list of orders. Waits until so many were found: new orders are found some moments later. */
async function found(q: string, atLeast = 0, more = ""): Promise<string[]> {
  for (let attempt = 0; ; attempt += 1) {
    const page = pageIn(await service.send("GET", `/orders?q=${encodeURIComponent(q)}${more}`));
    if (page.data.length >= atLeast) return page.data.map(({ reference }) => String(reference));
    if (attempt > 300)
      throw new Error(`Expected ${atLeast} orders of ${q}; got ${page.data.length}.`);
    await sleep(50);
  }
}

describe("the list of orders by words", () => {
  it.each([
    ["000077", ["WEB-2026-000077"]],
    ["web-2026", ["web-2026-000078", "WEB-2026-000077"]],
    ["zoe", ["A/B C%ö", "WEB-2026-000077"]],
    ["ZOE@example.org whisk", ["WEB-2026-000077"]],
    ["denscheidt", ["A/B C%ö", "WEB-2026-000077"]],
    ["whisk-bamboo", ["WEB-2026-000077"]],
    ["leeds", ["web-2026-000078"]],
    ["c%o", ["A/B C%ö"]],
    ["nothing like it", []],
  ])("%s", async (q, references) => {
    expect(await found(q)).toEqual(references);
  });

  it("is narrowed by customer, item, SKU, status and period, all together", async () => {
    expect(await found("web", 0, "&customer=zoe")).toEqual(["WEB-2026-000077"]);
    expect(await found("web", 0, "&item=moss")).toEqual(["web-2026-000078"]);
    expect(await found("web", 0, "&customer=moss")).toEqual([]);
    expect(await found("zoe", 0, "&sku=MUG-SEA")).toEqual(["A/B C%ö"]);
    expect(await found("zoe", 0, "&status=rejected")).toEqual([]);
    expect(await found("zoe", 0, "&status=confirmed&waiting=true")).toEqual([]);
    const now = new Date(Date.now() + 60_000).toISOString();
    expect(await found("zoe", 0, `&acceptedFrom=${now}`)).toEqual([]);
    expect(await found("zoe", 0, `&acceptedBefore=${now}&reference=WEB-2026-000077`)).toEqual([
      "WEB-2026-000077",
    ]);
    const all = pageIn(await service.send("GET", `/orders?acceptedFrom=${now}`));
    expect(all.data).toEqual([]);
    const old = pageIn(await service.send("GET", "/orders?acceptedBefore=0001-01-01T00:00:00Z"));
    expect(old.data).toEqual([]);
  });

  it("is read page by page, each order once", async () => {
    const first = pageIn(await service.send("GET", "/orders?q=zoe&limit=1"));
    const next = pageIn(
      await service.send("GET", `/orders?q=zoe&limit=1&cursor=${first.nextCursor ?? ""}`),
    );
    expect([...first.data, ...next.data].map(({ reference }) => reference)).toEqual([
      "A/B C%ö",
      "WEB-2026-000077",
    ]);
    expect(next.nextCursor).toBeNull();
    const other = await service.send("GET", `/orders?q=ada&cursor=${first.nextCursor ?? ""}`);
    expect(other.status).toBe(422);
  });

  it("has its count if that is asked for", async () => {
    const count = async (query: string) =>
      z
        .object({ count: orderCountSchema.optional() })
        .parse((await service.send("GET", `/orders?${query}`)).body).count;
    expect(await count("q=zoe")).toBeUndefined();
    // Until the index is complete, there may be more.
    await expect
      .poll(() => count("q=zoe&count=true&limit=1"))
      .toEqual({ number: 2, isMore: false });
    expect(await count("count=true")).toEqual({ number: 3, isMore: false });
    expect(await count("sku=MUG-SEA&count=true")).toEqual({ number: 1, isMore: false });
    expect(await count("status=rejected&count=true")).toEqual({ number: 0, isMore: false });
  });

  it("counts the orders of an SKU, also one of more items than are searched", async () => {
    const skus = Array.from({ length: 60 }, (_, n) => `LONG-${n}`);
    const name = "x".repeat(90);
    await Promise.all(
      skus.map((sku) => service.send("PUT", `/products/${sku}`, { name, unitsInStock: 1 })),
    );
    const lines = skus.map((sku) => ({ sku, quantity: 1 }));
    await service.send("POST", "/orders", { reference: "LONG", lines }, { prefer: "wait=10" });
    await found("LONG-0", 1);
    for (const sku of ["LONG-0", "LONG-59"]) {
      const { body } = await service.send("GET", `/orders?sku=${sku}&count=true`);
      expect(body).toMatchObject({ count: { number: 1, isMore: false } });
    }
  });

  it("is exported with the same filters", async () => {
    const csv = await service.send("GET", "/order-export?q=zoe&item=whisk");
    expect(csv.status).toBe(200);
  });
});

describe("the search over everything", () => {
  it("finds an order by its reference at once, and the exact one before others", async () => {
    await place("WEB-2026", "MUG-MOSS", null);
    const { data } = await search("WEB-2026", "&kinds=order");
    expect(data.map((hit) => hit.match)).toEqual(["exact", "prefix", "prefix"]);
    expect(data[0]).toMatchObject({ kind: "order", reference: "WEB-2026", customer: null });
  });

  it("finds a reference in another case", async () => {
    const { data } = await search("WEB-2026-000078", "&kinds=order");
    expect(data[0]).toMatchObject({
      match: "exact",
      reference: "web-2026-000078",
      customer: "Ada",
    });
  });

  it("finds products and variants by words of both, the whole SKU first", async () => {
    expect(namesIn(await search("mug moss", "&kinds=product,variant"))).toEqual(["MUG-MOSS"]);
    expect(namesIn(await search("sea", "&kinds=variant"))).toEqual(["MUG-SEA"]);
    expect(namesIn(await search("mug", "&kinds=product,variant"))).toEqual([
      "MUG",
      "MUG-MOSS",
      "MUG-SEA",
    ]);
    const { data } = await search("mug-moss", "&kinds=variant");
    expect(data).toEqual([
      {
        kind: "variant",
        match: "exact",
        sku: "MUG-MOSS",
        name: "Stoneware mug – Moss",
        productSku: "MUG",
      },
    ]);
  });

  it.each([
    ["Weißer Tee", "weisser"],
    ["Smørkniv", "smorkniv"],
    ["Łódź Æble", "lodz aeble"],
    ["がく", "かく"],
    ["हिन्दी", "हिन्दी"],
    ["ØRE ½", "øre"],
    ["Ölkanne", "olkanne"],
    ["سُكَّر", "سُكَّر"],
  ])(
    "finds a product by its exact name %s, in small letters and without its marks",
    async (name, typed) => {
      const sku = `NAMED-${Buffer.from(name).toString("hex")}`;
      await service.send("PUT", `/products/${sku}`, { name, unitsInStock: 1 });
      for (const q of [name, name.toLowerCase(), name.normalize("NFD"), typed, `${typed} named`]) {
        expect([q, namesIn(await search(q, "&kinds=product"))]).toEqual([q, [sku]]);
      }
    },
  );

  it("does not find a mail whose news another mail tells", async () => {
    await service.sql(
      `with told as (
         insert into mail (id, template_code, to_name, to_email, data, message_id, status, subject)
         values (gen_random_uuid(), 'code', 'Edsger', 'edsger@example.com', '{}', 'm-2', 'sent', 'Low: Mug')
         returning id)
       insert into mail (id, template_code, to_name, to_email, data, message_id, status, subject, gathered_in)
       select gen_random_uuid(), 'code', 'Edsger', 'edsger@example.com', '{}', 'm-3', 'cancelled', 'Low: Mug', id from told`,
    );
    expect(namesIn(await search("edsger mug"))).toHaveLength(1);
    expect(namesIn(await search("edsger mug edsger EDSGER mug"))).toHaveLength(1);
  });

  it("finds mails by their recipient and subject", async () => {
    await service.sql(
      `insert into mail (id, template_code, to_name, to_email, data, message_id, status, subject)
       values (gen_random_uuid(), 'code', 'Grace', 'grace@example.com', '{}', 'm-1', 'sent', 'Low: Mug')`,
    );
    expect(namesIn(await search("grace mug"))).toEqual(["Grace <grace@example.com>"]);
    expect(namesIn(await search("grace whisk"))).toEqual([]);
  });

  it("finds the job of an order that was found, and a job by its id", async () => {
    const { data } = await search("web-2026-000077");
    const job = data.find(({ kind }) => kind === "job");
    expect(job).toMatchObject({ queue: "orders", about: "WEB-2026-000077", hasEnded: true });
    const byId = await search(job !== undefined && "id" in job ? job.id : "", "&kinds=job");
    expect(byId.data).toMatchObject([{ kind: "job", match: "exact" }]);
  });

  it("finds a job of any queue by its id", async () => {
    const id = "0197a1de-0000-7000-8000-000000000001";
    const queue = service.queues["deliver-webhook"];
    await queue.bull.pause();
    try {
      await queue.announce([webhookJob({ id, url: "https://shop.example/hooks" })]);
      const { data } = await search(id, "&kinds=job");
      expect(data).toEqual([
        { kind: "job", match: "exact", id, queue: "webhooks", about: id, hasEnded: false },
      ]);
    } finally {
      await queue.bull.resume();
    }
  });

  it("finds nothing of what the caller may not read", async () => {
    const key = await keyWith(service, ["catalogue:read"]);
    expect((await search("mug", "", key)).data.map(({ kind }) => kind)).not.toContain("order");
    expect(namesIn(await search("web", "", key))).toEqual([]);
    const none = await keyWith(service, ["alerts:read"]);
    const answer = await service.send("GET", "/search?q=mug", undefined, none);
    expect(answer.status).toBe(403);
  });

  it("says in words what is wrong with a search", async () => {
    expect((await service.send("GET", "/search?q=%20")).status).toBe(422);
    expect((await service.send("GET", "/search?q=mug&kinds=orders")).status).toBe(422);
    expect((await service.send("GET", `/search?q=${"x".repeat(201)}`)).status).toBe(422);
    expect((await service.send("GET", "/search?q=%00")).status).toBe(422);
  });
});
