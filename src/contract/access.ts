// What the addresses of groups, people and keys read and answer.

import * as z from "zod";
import { permissions } from "../domain/access/permissions.ts";
import { emailAddressSchema } from "./email-address.ts";
import { pageOf, pageQueryShape } from "./paging.ts";
import { lineOfText } from "./text.ts";
import { newPasswordSchema } from "./session.ts";

const permissionsSchema = z
  .array(z.enum(permissions))
  .max(permissions.length)
  .transform((given) => [...new Set(given)])
  .meta({ description: "What it grants. Nobody can grant what they don't have themselves." });

const groupCodeSchema = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,59}$/, "expected up to 60 lower-case letters, digits and hyphens")
  .meta({ examples: ["store-managers"] });

const times = { version: z.int(), createdAt: z.iso.datetime(), updatedAt: z.iso.datetime() };

/** The address of a group. */
export const groupPathSchema = z.object({ code: groupCodeSchema });

/** The address of a person's membership. */
export const membershipPathSchema = z.object({ code: groupCodeSchema, userId: z.uuid() });

/** The address of a person. */
export const userPathSchema = z.object({ id: z.uuid() });

/** The address of a key. */
export const keyPathSchema = z.object({ id: z.uuid() });

/** A list without a filter. */
export const plainListQuerySchema = z.strictObject(pageQueryShape);

/** A list of people. */
export const userListQuerySchema = z.strictObject({
  ...pageQueryShape,
  q: lineOfText(200).optional().meta({ description: "Part of a name or an email." }),
  enabled: z
    .enum(["true", "false"])
    .transform((text) => text === "true")
    .optional(),
});

/** What a group is to be. */
export const groupRequestSchema = z.strictObject({
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
export const groupSchema = z
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
export const groupPageSchema = pageOf(groupSchema);

const groupCodesSchema = z
  .array(groupCodeSchema)
  .max(50)
  .transform((given) => [...new Set(given)]);

/** A person to be created. */
export const newUserRequestSchema = z.strictObject({
  email: emailAddressSchema,
  name: lineOfText(100),
  password: newPasswordSchema
    .optional()
    .meta({ description: "Left out, one is made and answered once as `initialPassword`." }),
  enabled: z.boolean().default(true),
  groups: groupCodesSchema.default([]),
});

/** A change of a person; what is left out stays. */
export const userChangeRequestSchema = z.strictObject({
  email: emailAddressSchema.optional(),
  name: lineOfText(100).optional(),
  password: newPasswordSchema.optional(),
  enabled: z.boolean().optional(),
  groups: groupCodesSchema.optional(),
});

/** A person as they are answered. */
export const userSchema = z
  .object({
    id: z.uuid(),
    email: z.string(),
    name: z.string(),
    enabled: z.boolean(),
    groups: z.array(z.string()),
    hasSecondFactor: z.boolean(),
    ...times,
  })
  .meta({ id: "AdminUser" });

/** A person who was just created. */
export const newUserSchema = userSchema
  .extend({
    initialPassword: z.string().optional().meta({ description: "Shown this once." }),
  })
  .meta({ id: "NewAdminUser" });

/** A page of people. */
export const userPageSchema = pageOf(userSchema);

/** What a key is called. */
export const keyNameSchema = lineOfText(100).meta({
  description: "How ledger, events and log name what it does. No two keys that live share one.",
  examples: ["checkout"],
});

/** A key to be made. */
export const keyRequestSchema = z.strictObject({
  name: keyNameSchema,
  scopes: permissionsSchema.refine((scopes) => scopes.length > 0, "expected at least one scope"),
});

/** A key as it is answered, without its secret. */
export const keySchema = z
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
export const newKeySchema = keySchema
  .extend({ key: z.string().meta({ description: "The key itself. Shown this once." }) })
  .meta({ id: "NewApiKey" });

/** A page of keys. */
export const keyPageSchema = pageOf(keySchema);
