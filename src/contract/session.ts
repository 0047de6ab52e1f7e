// The session of the admin app in the HTTP contract.

import * as z from "zod";
import { languages } from "../domain/language/languages.ts";
import { permissions } from "../domain/access/permissions.ts";

/** What a person has chosen of language and region, as it is answered. */
export const regionReplyShape = {
  language: z.enum(languages).nullable(),
  locale: z.string().nullable(),
  timeZone: z.string().nullable(),
};

/** Who is logged in, and what they may do. */
export const sessionSchema = z
  .object({
    id: z.uuid(),
    email: z.string(),
    name: z.string(),
    groups: z.array(z.string()),
    permissions: z.array(z.enum(permissions)),
    mustChangePassword: z.boolean().meta({
      description:
        "true: somebody else chose the password. Until the person chooses their own (PUT /session/password), all other requests are refused (password-change-needed).",
    }),
    ...regionReplyShape,
    mailsLeave: z.boolean().meta({
      description:
        "Whether a mail server is configured. Without one, mails are only kept in the mail log.",
    }),
    storeLanguage: z.enum(languages).meta({
      description:
        "The store's setting: the language of mails to suppliers, and to people who have chosen none.",
    }),
    restockOnReturn: z.boolean().meta({
      description:
        "The store's setting: whether units that are cancelled or refunded go back to stock at once.",
    }),
  })
  .meta({ id: "Session" });
