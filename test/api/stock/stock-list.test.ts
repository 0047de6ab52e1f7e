// Many counts at once over HTTP, with their places in the feed.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fieldOf, pageIn } from "../../support/answers.ts";
import { startTestApi, type TestService } from "../../support/service.ts";

let service: TestService;

beforeAll(async () => {
  service = await startTestApi();
  for (const sku of ["ANT", "BEE", "CAT"]) {
    await service.send("PUT", `/products/${sku}`, { name: sku, unitsInStock: 10 });
  }
  await service.send("PUT", "/products/FREE", { name: "Free", trackInventory: false });
  const variants = [{ sku: "HAT-S" }, { sku: "HAT-L", unitsInStock: 4 }];
  await service.send("PUT", "/products/HAT", { name: "Hat", unitsInStock: 3, variants });
});

afterAll(async () => {
  await service.stop();
});

describe("many stock levels", () => {
  it("are those of the SKUs that are named, without unknown and untracked ones", async () => {
    const answer = await service.send("GET", "/stock?sku=HAT-S&sku=ANT&sku=FREE&sku=NONE");
    expect(answer.body).toMatchObject({
      data: [
        { sku: "ANT", unitsInStock: 10, holder: { kind: "product", sku: "ANT" } },
        { sku: "HAT-S", unitsInStock: 3, holder: { kind: "product", sku: "HAT" } },
      ],
      nextCursor: null,
    });
  });

  it("are all counts, each once, in pages of any size", async () => {
    const skus: unknown[] = [];
    for (let cursor: string | null = ""; cursor !== null;) {
      const query: string = cursor === "" ? "" : `&cursor=${encodeURIComponent(cursor)}`;
      const page = pageIn(await service.send("GET", `/stock?limit=2${query}`));
      skus.push(...page.data.map(({ sku }) => sku));
      cursor = page.nextCursor;
    }
    expect(skus).toEqual(["ANT", "BEE", "CAT", "HAT", "HAT-L"]);
  });

  it("make an exact copy with the feed, whatever was changed between the pages", async () => {
    const copy = new Map<unknown, { units: unknown; place: bigint }>();
    const adjust = (sku: string, delta: number) =>
      service.send("POST", `/stock/${sku}/adjustments`, { delta });
    const first = await service.send("GET", "/stock?limit=2");
    let page = pageIn(first);
    const feedFrom = String(fieldOf(first.body, "place"));
    for (;;) {
      for (const { sku, unitsInStock, place } of page.data) {
        copy.set(sku, { units: unitsInStock, place: BigInt(String(place)) });
      }
      await adjust("ANT", 1);
      await adjust("CAT", -1);
      if (page.nextCursor === null) break;
      const cursor = encodeURIComponent(page.nextCursor);
      page = pageIn(await service.send("GET", `/stock?limit=2&cursor=${cursor}`));
    }
    const events = pageIn(
      await service.send("GET", `/events?type=stock.changed&after=${feedFrom}&limit=1000`),
    );
    for (const { id, data } of events.data) {
      const known = copy.get(fieldOf(data, "sku"));
      if (known !== undefined && BigInt(String(id)) <= known.place) continue;
      expect(fieldOf(data, "unitsBefore")).toBe(known?.units);
      const place = BigInt(String(id));
      copy.set(fieldOf(data, "sku"), { units: fieldOf(data, "unitsAfter"), place });
    }
    const now = pageIn(await service.send("GET", "/stock?limit=200")).data;
    expect(now.map(({ sku, unitsInStock }) => [sku, unitsInStock])).toEqual(
      [...copy].map(([sku, { units }]) => [sku, units]),
    );
  });

  it("are not asked for by both SKUs and a cursor", async () => {
    expect((await service.send("GET", "/stock?sku=ANT&cursor=x")).status).toBe(422);
  });
});
