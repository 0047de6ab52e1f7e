import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { keyWith } from "../../support/people.ts";
import { startTestApi, type TestService } from "../../support/service.ts";

let service: TestService;
beforeAll(async () => {
  service = await startTestApi();
});
afterAll(() => service.stop());

describe("the store's settings", () => {
  it("exist from the beginning, and are replaced as a whole", async () => {
    const first = await service.send("GET", "/store");
    expect(first.body).toMatchObject({ name: "My store", mailFromName: null, version: 1 });
    const settings = {
      name: "Corner Shop",
      mailFromName: "Stock desk",
      mailFromEmail: "stock@example.com",
      replyToEmail: "desk@example.com",
    };
    const saved = await service.send("PUT", "/store", settings);
    expect(saved.status).toBe(200);
    expect(saved.body).toMatchObject({ ...settings, version: 2 });
    expect((await service.send("GET", "/store")).body).toEqual(saved.body);
    const bare = await service.send("PUT", "/store", { name: "Bare" });
    expect(bare.body).toMatchObject({ name: "Bare", mailFromName: null, replyToEmail: null });
  });

  it("are not overwritten by somebody who saw an older version", async () => {
    const seen = { "if-match": (await service.send("GET", "/store")).headers.get("etag") ?? "" };
    expect((await service.send("PUT", "/store", { name: "Early" }, seen)).status).toBe(200);
    const late = await service.send("PUT", "/store", { name: "Late" }, seen);
    expect(late.status).toBe(412);
    expect(late.body).toMatchObject({ current: { name: "Early" } });
  });

  it("keep when stock is taken if a client does not know that setting", async () => {
    const paid = { name: "Paid", takeStock: "paid" };
    expect((await service.send("PUT", "/store", paid)).body).toMatchObject(paid);
    const without = await service.send("PUT", "/store", { name: "Without" });
    expect(without.body).toMatchObject({ name: "Without", takeStock: "paid" });
    const placed = await service.send("PUT", "/store", { name: "X", takeStock: "placed" });
    expect(placed.body).toMatchObject({ takeStock: "placed" });
    const lead = await service.send("PUT", "/store", { name: "X", leadDays: 12 });
    expect(lead.body).toMatchObject({ leadDays: 12 });
    const kept = await service.send("PUT", "/store", { name: "X" });
    expect(kept.body).toMatchObject({ leadDays: 12 });
    const none = await service.send("PUT", "/store", { name: "X", leadDays: null });
    expect(none.body).toMatchObject({ leadDays: null });
  });

  it.each([
    [{ name: "X", takeStock: "later" }, "/takeStock"],
    [{ name: "X", leadDays: 367 }, "/leadDays"],
    [{ name: "" }, "/name"],
    [{ name: "X\nY" }, "/name"],
    [{ name: "X", mailFromName: "a\r\nBcc: b@example.com" }, "/mailFromName"],
    [{ name: "X", mailFromEmail: "nobody" }, "/mailFromEmail"],
    [{ name: "X", replyToEmail: "a@example.com, b@example.com" }, "/replyToEmail"],
    [{ name: "X", id: 2 }, "/id"],
  ])("%j is refused at %s", async (body, pointer) => {
    const before = await service.send("GET", "/store");
    const reply = await service.send("PUT", "/store", body);
    expect(reply.status).toBe(422);
    expect(reply.body).toHaveProperty("errors.0.pointer", pointer);
    expect((await service.send("GET", "/store")).body).toEqual(before.body);
  });

  it("are changed by administrators only", async () => {
    const key = await keyWith(service, ["admin:read"]);
    expect((await service.send("GET", "/store", undefined, key)).status).toBe(200);
    expect((await service.send("PUT", "/store", { name: "Mine" }, key)).status).toBe(403);
  });
});
