// Groups, people and API keys in the HTTP contract.

import * as z from "zod";
import { isPossibleEnd } from "../domain/access/key-end.ts";
import { permissions } from "../domain/access/permissions.ts";
import { emailAddressSchema } from "./email-address.ts";
import { pageOf, pageQueryShape } from "./paging.ts";
import { lineOfText, visibleName } from "./text.ts";
import { regionShape } from "./region.ts";
import { regionReplyShape } from "./session.ts";
import { newPasswordSchema } from "./own-account.ts";

const permissionsSchema = z
  .array(z.enum(permissions))
  .max(permissions.length)
  .transform((given) => [...new Set(given)])
  .meta({ description: "The permissions. You can grant only permissions that you have yourself." });

const groupCodeSchema = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,59}$/, "expected up to 60 lower-case letters, digits and hyphens")
  .meta({ examples: ["store-managers"] });

const times = { version: z.int(), createdAt: z.iso.datetime(), updatedAt: z.iso.datetime() };

/** The path of a group. */
export const groupPathSchema = z.object({ code: groupCodeSchema });

/** The path of a person's membership of a group. */
export const membershipPathSchema = z.object({ code: groupCodeSchema, userId: z.uuid() });

/** The path of a person. */
export const userPathSchema = z.object({ id: z.uuid() });

/** The path of an API key. */
export const keyPathSchema = z.object({ id: z.uuid() });

/** The query of a list without a filter. */
export const plainListQuerySchema = z.strictObject(pageQueryShape);

/** The query of `GET /admin-users`. */
export const userListQuerySchema = z.strictObject({
  ...pageQueryShape,
  q: lineOfText(200).optional().meta({ description: "Part of a name or an email." }),
  enabled: z
    .enum(["true", "false"])
    .transform((text) => text === "true")
    .optional(),
});

/** The body of `PUT /admin-groups/{code}`. */
export const groupRequestSchema = z.strictObject({
  name: lineOfText(100),
  permissions: permissionsSchema,
  members: z
    .array(z.uuid())
    .max(500)
    .transform((given) => [...new Set(given)])
    .optional()
    .meta({ description: "The ids of all members. If left out, the members do not change." }),
});

/** A group. */
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

/** The body of `POST /admin-users`. */
export const newUserRequestSchema = z.strictObject({
  email: emailAddressSchema,
  name: lineOfText(100),
  password: newPasswordSchema.optional().meta({
    description: "If left out, a password is generated and answered once, as `initialPassword`.",
  }),
  enabled: z.boolean().default(true),
  groups: groupCodesSchema.default([]),
  language: regionShape.language.default(null),
  locale: regionShape.locale.default(null),
  timeZone: regionShape.timeZone.default(null),
  invite: z.boolean().default(false).meta({
    description:
      "true: the person gets a mail with a link to choose a password, which works for 7 days; no password is made. If no mail leaves this service, the answer has the link, as `invitationLink`.",
  }),
});

/** The body of `PATCH /admin-users/{id}`. Fields that are left out do not change. */
export const userChangeRequestSchema = z.strictObject({
  email: emailAddressSchema.optional(),
  name: lineOfText(100).optional(),
  password: newPasswordSchema.optional(),
  enabled: z.boolean().optional(),
  groups: groupCodesSchema.optional(),
  language: regionShape.language.optional(),
  locale: regionShape.locale.optional(),
  timeZone: regionShape.timeZone.optional(),
});

const invitationSchema = z.object({
  invitedAt: z.iso.datetime(),
  endsAt: z.iso.datetime().nullable().meta({
    description:
      "Until when the link works. null: the invitation was taken back, or the address was changed.",
  }),
});

const invitationLinkSchema = z.string().meta({
  description:
    "The link with which the invited person chooses a password, if no mail leaves this service. Shown only in this answer.",
});

/** A person. */
export const userSchema = z
  .object({
    id: z.uuid(),
    email: z.string(),
    name: z.string(),
    enabled: z.boolean(),
    groups: z.array(z.string()),
    hasSecondFactor: z.boolean(),
    ...regionReplyShape,
    invitation: invitationSchema.nullable().meta({
      description: "Of a person who was invited and has not chosen a password yet; else null.",
    }),
    ...times,
  })
  .meta({ id: "AdminUser" });

/** A person who was just created. */
export const newUserSchema = userSchema
  .extend({
    initialPassword: z.string().optional().meta({ description: "Shown only in this answer." }),
    invitationLink: invitationLinkSchema.optional(),
  })
  .meta({ id: "NewAdminUser" });

/** A person who was just invited again. */
export const invitedUserSchema = userSchema
  .extend({ invitationLink: invitationLinkSchema.optional() })
  .meta({ id: "InvitedAdminUser" });

/** A page of people. */
export const userPageSchema = pageOf(userSchema);

/** The name of an API key. */
export const keyNameSchema = visibleName(100).meta({
  description:
    "The name of the key in the ledger, in events and in the log. Two valid keys can't have the same name.",
  examples: ["checkout"],
});

const keyEndSchema = z.iso
  .datetime({
    offset: true,
    error: "expected a date and time such as 2030-01-31T12:00:00Z",
    abort: true,
  })
  .refine((text) => isPossibleEnd(new Date(text), new Date()), "expected a time in the future")
  .meta({
    description:
      "When the key stops working. If left out or null, it works until it is revoked. It can't be changed later.",
    examples: ["2030-01-31T12:00:00Z"],
  });

/** The body of `POST /api-keys`. */
export const keyRequestSchema = z.strictObject({
  name: keyNameSchema,
  scopes: permissionsSchema.refine((scopes) => scopes.length > 0, "expected at least one scope"),
  expiresAt: keyEndSchema.nullish(),
});

/** An API key, without its secret. */
export const keySchema = z
  .object({
    id: z.uuid(),
    name: z.string(),
    prefix: z.string(),
    scopes: z.array(z.enum(permissions)),
    createdAt: z.iso.datetime(),
    createdBy: z.string(),
    revokedAt: z.iso.datetime().nullable(),
    expiresAt: z.iso.datetime().nullable().meta({
      description: "From then on every process refuses the key. null: it has no end.",
    }),
    lastUsedAt: z.iso.datetime().nullable().meta({
      description:
        "When it was last used, accurate to about two minutes; null if it was not used since this is recorded.",
    }),
  })
  .meta({ id: "ApiKey" });

/** A key that was just created, with its secret. */
export const newKeySchema = keySchema
  .extend({ key: z.string().meta({ description: "The key itself. Shown only in this answer." }) })
  .meta({ id: "NewApiKey" });

/** A page of keys. */
export const keyPageSchema = pageOf(keySchema);
