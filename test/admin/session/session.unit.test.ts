// What the app makes of a session.

import { expect, it } from "vitest";
import { sessionSchema } from "../../../src/admin/session/session.ts";

const session = {
  id: "0199d3a1-0000-7000-8000-000000000000",
  email: "manager@example.com",
  name: "A manager",
  groups: ["store-managers"],
  permissions: ["stock:read"],
  mustChangePassword: false,
  language: null,
  locale: null,
  timeZone: null,
  mailsLeave: true,
  restockOnReturn: false,
};

it("is read from a process of the old version, which does not tell the store's language", () => {
  expect(sessionSchema.parse(session).storeLanguage).toBe("en");
  expect(sessionSchema.parse({ ...session, storeLanguage: "de" }).storeLanguage).toBe("de");
});
