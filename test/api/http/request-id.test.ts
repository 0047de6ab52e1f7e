import { afterAll, beforeAll, expect, it } from "vitest";
import { startTestApi, type TestService } from "../../support/service.ts";

let service: TestService;
beforeAll(async () => {
  service = await startTestApi();
});
afterAll(() => service.stop());

const uuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;

it.each(["/orders", "/orders?limit=0", "/none", "/session"])(
  "%s answers with the client's id, in problems too",
  async (path) => {
    const { headers, body, status } = await service.send("GET", path, undefined, {
      "x-request-id": "checkout-7f3a",
    });
    expect(headers.get("x-request-id")).toBe("checkout-7f3a");
    if (status >= 400) expect(body).toMatchObject({ requestId: "checkout-7f3a" });
  },
);

it.each(["", "two words", "é", "x".repeat(129)])("the id %j is replaced", async (sent) => {
  const { headers } = await service.send("GET", "/orders", undefined, { "x-request-id": sent });
  expect(headers.get("x-request-id")).toMatch(uuid);
});

it("each request without an id gets its own", async () => {
  const ids = await Promise.all(
    Array.from({ length: 3 }, async () => {
      const { headers } = await service.send("GET", "/orders");
      return headers.get("x-request-id");
    }),
  );
  expect(new Set(ids).size).toBe(3);
});
