// What the addresses of groups, people and keys read and answer.

import * as z from "zod";
import { permissions } from "../domain/access/permissions.ts";
import { emailAddressSchema } from "./email-address.ts";
import { pageOf, pageQuery } from "./paging.ts";
import { lineOfText } from "./text.ts";
import { newPasswordSchema } from "./session.ts";

const permissionsSchema = z
  .array(z.enum(permissions))
  .max(permissions.length)
  .transform((given) => [...new Set(given)])
  .meta({ description: "What it grants. Nobody can grant what they don't have themselves." });

const groupCode = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,59}$/, "expected up to 60 lower-case letters, digits and hyphens")
  .meta({ examples: ["store-managers"] });

const times = { version: z.int(), createdAt: z.iso.datetime(), updatedAt: z.iso.datetime() };

/** The address of a group. */
export const groupPath = z.object({ code: groupCode });

/** The address of a person's membership. */
export const membershipPath = z.object({ code: groupCode, userId: z.uuid() });

/** The address of a person. */
export const userPath = z.object({ id: z.uuid() });

/** The address of a key. */
export const keyPath = z.object({ id: z.uuid() });

/** A list without a filter. */
export const plainListQuery = z.strictObject(pageQuery);

/** A list of people. */
export const userListQuery = z.strictObject({
  ...pageQuery,
  q: lineOfText(200).optional().meta({ description: "Part of a name or an email." }),
  enabled: z
    .enum(["true", "false"])
    .transform((text) => text === "true")
    .optional(),
});

/** What a group is to be. */
export const groupRequest = z.strictObject({
  name: lineOfText(100),
  permissions: permissionsSchema,
  members: z
    .array(z.uuid())
    .max(500)
    .transform((given) => [...new Set(given)])
    .optional()
    .meta({ description: "Ids of its members; left out, they stay as they are." }),
});

/** A group as it is answered. */
export const group = z
  .object({
    code: z.string(),
    name: z.string(),
    permissions: z.array(z.enum(permissions)),
    members: z.array(
      z.object({ id: z.uuid(), email: z.string(), name: z.string(), enabled: z.boolean() }),
    ),
    ...times,
  })
  .meta({ id: "AdminGroup" });

/** A page of groups. */
export const groupPage = pageOf(group);

const groupCodes = z
  .array(groupCode)
  .max(50)
  .transform((given) => [...new Set(given)]);

/** A person to be created. */
export const newUserRequest = z.strictObject({
  email: emailAddressSchema,
  name: lineOfText(100),
  password: newPasswordSchema
    .optional()
    .meta({ description: "Left out, one is made and answered once as `initialPassword`." }),
  enabled: z.boolean().default(true),
  groups: groupCodes.default([]),
});

/** A change of a person; what is left out stays. */
export const userChangeRequest = z.strictObject({
  email: emailAddressSchema.optional(),
  name: lineOfText(100).optional(),
  password: newPasswordSchema.optional(),
  enabled: z.boolean().optional(),
  groups: groupCodes.optional(),
});

/** A person as they are answered. */
export const user = z
  .object({
    id: z.uuid(),
    email: z.string(),
    name: z.string(),
    enabled: z.boolean(),
    groups: z.array(z.string()),
    ...times,
  })
  .meta({ id: "AdminUser" });

/** A person who was just created. */
export const newUser = user
  .extend({
    initialPassword: z.string().optional().meta({ description: "Shown this once." }),
  })
  .meta({ id: "NewAdminUser" });

/** A page of people. */
export const userPage = pageOf(user);

/** What a key is called. */
export const keyNameSchema = lineOfText(100).meta({
  description: "How ledger, events and log name what it does. No two keys that live share one.",
  examples: ["checkout"],
});

/** A key to be made. */
export const keyRequest = z.strictObject({
  name: keyNameSchema,
  scopes: permissionsSchema.refine((scopes) => scopes.length > 0, "expected at least one scope"),
});

/** A key as it is answered, without its secret. */
export const key = z
  .object({
    id: z.uuid(),
    name: z.string(),
    prefix: z.string(),
    scopes: z.array(z.enum(permissions)),
    createdAt: z.iso.datetime(),
    createdBy: z.string(),
    revokedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: "ApiKey" });

/** A key that was just made. */
export const newKey = key
  .extend({ key: z.string().meta({ description: "The key itself. Shown this once." }) })
  .meta({ id: "NewApiKey" });

/** A page of keys. */
export const keyPage = pageOf(key);
