// A long file is saved in parts: each request carries all of it and names the products that it is about.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestService, type TestService } from "../../support/service.ts";

let service: TestService;

beforeAll(async () => {
  service = await startTestService({ roles: ["api"] });
});

afterAll(() => service.stop());

const importCsv = (body: object, dryRun = false) =>
  service.send("POST", `/product-import?dryRun=${dryRun}`, body);

describe("an import of some products of a file", () => {
  const csv = "sku,variantOf,name,unitsInStock\nP-1,,One,1\nP-1-R,P-1,Red,2\nP-2,,Two,3\n";

  it("saves those with their variants, and none of the others", async () => {
    const reply = await importCsv({ csv, products: ["P-1"] });
    expect(reply.status).toBe(200);
    expect(reply.body).toMatchObject({ created: 1, updated: 0, products: [{ sku: "P-1" }] });
    expect((await service.send("GET", "/products/P-1")).body).toMatchObject({
      variants: [{ sku: "P-1-R", unitsInStock: 2 }],
    });
    expect((await service.send("GET", "/products/P-2")).status).toBe(404);
  });

  it("is refused where anything is wrong with the file, whoever it concerns", async () => {
    const reply = await importCsv({ csv: `${csv}P-3,,Three,lots\n`, products: ["P-2"] });
    expect(reply.status).toBe(422);
    expect((await service.send("GET", "/products/P-2")).status).toBe(404);
  });

  it("says nothing of what nobody asked for", async () => {
    const reply = await importCsv({ csv, products: ["P-2"] }, true);
    expect(reply.body).toMatchObject({ created: 1, unchanged: 0, products: [{ sku: "P-2" }] });
  });
});

it("a file may be larger than other requests, and is refused with the limit where it is too large", async () => {
  const rows = Array.from(
    { length: 10_000 },
    (_none, place) => `R-${place},${"name ".repeat(25)},false`,
  );
  const large = await importCsv({ csv: ["sku,name,trackInventory", ...rows].join("\n") }, true);
  expect(large.body).toMatchObject({ faults: [], unchanged: 0 });
  expect(large.status).toBe(200);
  const tooLarge = await importCsv({ csv: "x".repeat(4_000_000) }, true);
  expect(tooLarge.status).toBe(413);
});
