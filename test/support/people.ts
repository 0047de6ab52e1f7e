// People and groups for tests, made through the API as an administrator would.

import * as z from "zod";
import type { TestService } from "./service.ts";

/** Somebody who can log in. */
export type Person = { readonly id: string; readonly email: string; readonly password: string };

const created = z.object({ id: z.string() });

let keysMade = 0;

/** Creates a person in the given groups, who has chosen a password of their own, unless they are to do so yet. */
export async function createPerson(
  service: TestService,
  email: string,
  groups: readonly string[] = [],
  { mustChangePassword = false } = {},
): Promise<Person> {
  const password = `the password of ${email}`;
  const reply = await service.send("POST", "/admin-users", {
    email,
    name: email,
    password,
    groups,
  });
  if (reply.status !== 201) throw new Error(`Creating ${email} was answered with ${reply.status}.`);
  const { id } = created.parse(reply.body);
  if (!mustChangePassword) {
    await service.sql("update admin_user set must_change_password = false where id = $1", [id]);
  }
  return { id, email, password };
}

/** Creates a group that grants exactly these permissions. */
export async function createGroup(
  service: TestService,
  code: string,
  permissions: readonly string[],
): Promise<void> {
  const reply = await service.send("PUT", `/admin-groups/${code}`, { name: code, permissions });
  if (reply.status !== 201) throw new Error(`Creating ${code} was answered with ${reply.status}.`);
}

/** Makes an API key with these scopes, and answers with the header to send it in. */
export async function keyWith(
  service: TestService,
  scopes: readonly string[],
): Promise<{ authorization: string }> {
  keysMade += 1;
  const name = `scoped ${keysMade}`;
  const reply = await service.send("POST", "/api-keys", { name, scopes });
  if (reply.status !== 201) throw new Error(`Making a key was answered with ${reply.status}.`);
  const { key } = z.object({ key: z.string() }).parse(reply.body);
  return { authorization: `Bearer ${key}` };
}
