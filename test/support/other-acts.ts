// Does the acts that no example of the OpenAPI document does.

import { Pool } from "pg";
import { expect } from "vitest";
import * as z from "zod";
import { createPasswordLink } from "../../src/api/auth/password-link.ts";
import { askForPassword } from "../../src/db/access/ask-for-password.ts";
import { insertPasswordLink } from "../../src/db/access/linked-person.ts";
import { composePasswordReset } from "../../src/emails/accounts/compose-account-mail.ts";
import { logIn, sendAs } from "./browser-like.ts";
import type { TestService } from "./service.ts";

/** Does them, and resolves with the secrets that they used. */
export async function actOtherwise(service: TestService): Promise<readonly string[]> {
  const password = "five grey owls in the barn";
  const mug = {
    name: "Mug",
    unitsInStock: 5,
    variants: [{ sku: "OTHER-MUG-1", options: { Size: "S" } }],
  };
  const made = await service.send("PUT", "/products/OTHER-MUG", mug);
  expect([made.status, made.body]).toEqual([201, made.body]);
  const renamed = { variants: [{ ...mug.variants[0], stockAlertThreshold: 3 }] };
  const changed = await service.send("PATCH", "/products/OTHER-MUG", renamed);
  expect([changed.status, changed.body]).toEqual([200, changed.body]);
  const { body } = await service.send("POST", "/admin-users", {
    email: "eve@example.com",
    name: "Eve",
    groups: ["administrators"],
  });
  const { id } = z.looseObject({ id: z.string() }).parse(body);
  await service.send("PATCH", `/admin-users/${id}`, { password });
  await service.sql("update admin_user set second_factor_since = now() where id = $1", [id]);
  await service.send("DELETE", `/admin-users/${id}/second-factor`);
  const link = createPasswordLink(Date.now());
  await insertPasswordLink(service.sql, id, link.stored);
  const token = new URL(link.path, service.url).searchParams.get("token") ?? "";
  const chosen = await fetch(new URL("/admin/login/password", service.url), {
    method: "POST",
    redirect: "manual",
    headers: { origin: service.url },
    body: new URLSearchParams({ token, password, repeated: password }),
  });
  expect(chosen.status).toBe(303);
  const pool = new Pool({ connectionString: service.databaseUrl, max: 1 });
  const asked = await askForPassword(pool, {
    email: "eve@example.com",
    address: "127.0.0.1",
    endsAt: new Date(Date.now() + 3_600_000),
    compose: (to) => composePasswordReset({ publicUrl: service.url, mailFrom: "a@b.example" }, to),
  });
  expect(asked.kind).toBe("written");
  await pool.end();
  const eve = await logIn(service.url, { email: "eve@example.com", password });
  const queue = "/admin/queues/api/queues/orders/resume";
  expect((await sendAs(service.url, eve, "PUT", queue, {})).status).toBe(200);
  const guess = { currentPassword: `${password}!` };
  const factor = "/api/v1/session/second-factor";
  expect((await sendAs(service.url, eve, "POST", factor, guess)).status).toBe(422);
  await sendAs(service.url, eve, "POST", "/api/v1/session", { email: password, password });
  await sendAs(service.url, eve, "POST", "/api/v1/session", {
    email: "eve@example.com",
    password: `${password}?`,
  });
  return [
    password,
    token,
    eve.cookie.split("=")[1] ?? "",
    service.environment["BOOTSTRAP_API_KEY"] ?? "",
  ];
}
