// The lead time and the pack size of a product and of its variants, as settings.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pageIn } from "../../support/answers.ts";
import { startTestApi, type TestService } from "../../support/service.ts";

let service: TestService;

beforeAll(async () => {
  service = await startTestApi();
});

afterAll(async () => {
  await service.stop();
});

const send = async (method: string, body: object) =>
  (await service.send(method, "/products/JUG", body)).body;

describe("the lead time and the pack size of a product", () => {
  it("are kept by PATCH, and reset by PUT, as other settings are", async () => {
    const jug = { name: "Jug", unitsInStock: 9, leadDays: 9, packSize: 6 };
    expect(await send("PUT", jug)).toMatchObject({ leadDays: 9, packSize: 6, version: 1 });
    expect(await send("PATCH", { enabled: true })).toMatchObject({ leadDays: 9, version: 1 });
    const sooner = await send("PATCH", { leadDays: 0 });
    expect(sooner).toMatchObject({ leadDays: 0, packSize: 6, version: 2 });
    const acts = pageIn(await service.send("GET", "/activity?subject=JUG&limit=1"));
    expect(acts.data).toMatchObject([{ before: { leadDays: 9 }, after: { leadDays: 0 } }]);
    const kept = await send("PUT", { name: "Jug" });
    expect(kept).toMatchObject({ leadDays: 0, packSize: 6 });
    const reset = await send("PUT", { name: "Jug", leadDays: null, packSize: null });
    expect(reset).toMatchObject({ leadDays: null, packSize: null });
  });

  it("of a variant are its own", async () => {
    const variants = [{ sku: "JUG-RED", unitsInStock: 1, leadDays: 3, packSize: 12 }];
    const saved = await send("PUT", { name: "Jug", leadDays: 9, variants });
    expect(saved).toMatchObject({ variants: [{ leadDays: 3, packSize: 12 }] });
    const changed = await send("PATCH", { variants: [{ sku: "JUG-RED", packSize: null }] });
    expect(changed).toMatchObject({ variants: [{ leadDays: 3, packSize: null }] });
  });

  it.each([
    [{ leadDays: -1 }, "/leadDays"],
    [{ leadDays: 367 }, "/leadDays"],
    [{ packSize: 0 }, "/packSize"],
    [{ packSize: 100_001 }, "/packSize"],
    [{ variants: [{ sku: "JUG-RED", packSize: 0 }] }, "/variants/0/packSize"],
  ])("%j is refused at %s", async (body, pointer) => {
    expect(await send("PATCH", body)).toHaveProperty("errors.0.pointer", pointer);
  });
});
