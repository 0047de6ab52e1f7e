// Many counts at once over HTTP, with their places in the feed.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
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

async function readLines(path: string): Promise<Record<string, unknown>[]> {
  const headers = { accept: "application/x-ndjson" };
  const { headers: replied, body } = await service.send("GET", path, undefined, headers);
  expect(replied.get("content-type")).toBe("application/x-ndjson");
  const lines = z.string().endsWith("\n").parse(body).trimEnd().split("\n");
  return lines.map((line) => z.record(z.string(), z.unknown()).parse(JSON.parse(line)));
}

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

  it("make an exact copy as one text with a line for each", async () => {
    const adjust = (sku: string, delta: number) =>
      service.send("POST", `/stock/${sku}/adjustments`, { delta });
    await adjust("ANT", 2);
    const reading = readLines("/stock?limit=1");
    await Promise.all([adjust("BEE", 3), adjust("HAT", -1), reading]);
    const [head, ...levels] = await reading;
    expect(Object.keys(head ?? {})).toEqual(["place"]);
    expect(levels.map(({ sku }) => sku)).toEqual(["ANT", "BEE", "CAT", "HAT", "HAT-L"]);
    const copy = new Map(
      levels.map(({ sku, unitsInStock, place }) => [sku, { unitsInStock, place }]),
    );
    const after = String(head?.["place"]);
    const events = pageIn(await service.send("GET", `/events?type=stock.changed&after=${after}`));
    for (const { id: place, data } of events.data) {
      const known = copy.get(fieldOf(data, "sku"));
      if (BigInt(String(place)) <= BigInt(String(known?.place))) continue;
      expect(fieldOf(data, "unitsBefore")).toBe(known?.unitsInStock);
      copy.set(fieldOf(data, "sku"), { unitsInStock: fieldOf(data, "unitsAfter"), place });
    }
    const now = pageIn(await service.send("GET", "/stock?limit=200")).data;
    expect(now.map(({ sku, unitsInStock }) => [sku, unitsInStock])).toEqual(
      [...copy].map(([sku, { unitsInStock }]) => [sku, unitsInStock]),
    );
  });

  it("have a line for each SKU that is named, and go on after a cursor", async () => {
    const named = await readLines("/stock?sku=HAT-S&sku=BEE&sku=NONE");
    expect(named.slice(1).map(({ sku }) => sku)).toEqual(["BEE", "HAT-S"]);
    const { nextCursor } = pageIn(await service.send("GET", "/stock?limit=3"));
    const rest = await readLines(`/stock?cursor=${encodeURIComponent(nextCursor ?? "")}`);
    expect(rest.slice(1).map(({ sku }) => sku)).toEqual(["HAT", "HAT-L"]);
  });

  it.each([
    ["application/x-ndjson", "application/x-ndjson"],
    ["application/json;q=0.5, application/x-ndjson", "application/x-ndjson"],
    ["*/*;q=0.1, application/x-ndjson", "application/x-ndjson"],
    ["application/x-ndjson;q=0.5, application/json", "application/json"],
    ["application/x-ndjson;q=0, application/*", "application/json"],
    ["*/*", "application/json"],
    ["text/csv", "application/json"],
  ])("come in the form that is preferred: Accept %s is answered with %s", async (accept, type) => {
    const { headers } = await service.send("GET", "/stock", undefined, { accept });
    expect(headers.get("content-type")).toContain(type);
    expect(headers.get("vary")).toBe("Accept");
  });

  it("are not asked for by both SKUs and a cursor", async () => {
    expect((await service.send("GET", "/stock?sku=ANT&cursor=x")).status).toBe(422);
  });
});
