import { afterAll, beforeAll, expect, it } from "vitest";
import { startTestApi, testAccess, type TestService } from "../../support/service.ts";

let service: TestService;
beforeAll(async () => {
  service = await startTestApi();
});
afterAll(() => service.stop());

it.each([
  { what: "what an endpoint answers", path: "/api/v1/orders", status: 200 },
  { what: "a refusal of one", path: "/api/v1/orders?limit=0", status: 422 },
  { what: "a method that it does not take", path: "/api/v1/orders", method: "PUT", status: 405 },
  { what: "an address below the API that nothing serves", path: "/api/v1/none", status: 404 },
  { what: "an address that nothing serves", path: "/none", status: 404 },
  { what: "health", path: "/livez", status: 200 },
])("$what can't be framed, sniffed or kept", async ({ path, method = "GET", status }) => {
  const reply = await fetch(`${service.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${testAccess.apiKey}` },
  });
  expect(reply.status).toBe(status);
  const headers = Object.fromEntries(reply.headers);
  expect(headers).toMatchObject({
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "cache-control": "no-store",
  });
  expect(headers).not.toHaveProperty("x-powered-by");
  // Only a service whose PUBLIC_URL begins with https:// may promise TLS.
  expect(headers).not.toHaveProperty("strict-transport-security");
});
