// What people send and read about their own logins in the HTTP contract: passwords, second factors, other sessions. It is
// apart from the session, which every page of the admin app reads, to keep the app's first load small.

import * as z from "zod";
import { printable } from "./text.ts";

/**
 * A new password. Length makes a password hard to guess, so no kinds of characters are required. `weaknessOf` in the
 * domain refuses weak ones; it needs the account's address, which this schema does not know.
 */
export const newPasswordSchema = z
  .string("expected a password of 10 to 200 characters")
  .min(10, "expected a password of at least 10 characters")
  .max(200, "expected a password of at most 200 characters")
  .meta({ description: "10 to 200 characters, and not easy to guess." });

/** The address that somebody logs in with. It need not be valid: it is only looked up. */
export const attemptedEmailSchema = z
  .string()
  .max(254)
  .regex(printable, "expected one line without control characters");

/** A code of a second factor as somebody types it. */
export const codeSchema = z
  .string()
  .max(100)
  .regex(printable, "expected one line without control characters")
  .meta({
    description:
      "Six digits of the app, or a recovery code. Spaces and hyphens make no difference.",
  });

/** The body of `POST /session`. */
export const credentialsSchema = z.strictObject({
  email: attemptedEmailSchema,
  password: z.string().max(200),
  code: codeSchema.optional(),
});

/** The body of `PUT /session/password`. */
export const passwordChangeSchema = z.strictObject({
  currentPassword: z.string().max(200),
  newPassword: newPasswordSchema,
});

/** The body of `POST /session/second-factor`. */
export const secondFactorRequestSchema = z.strictObject({ currentPassword: z.string().max(200) });

/** A secret that is not used before it is confirmed. */
export const preparedSecondFactorSchema = z.object({
  secret: z
    .string()
    .meta({ description: "The secret to type into an app. Shown only in this answer." }),
  uri: z.string().meta({ description: "The secret as an otpauth address, for a QR code." }),
});

/** The body of `PUT /session/second-factor`. */
export const secondFactorConfirmation = z.strictObject({ code: codeSchema });

/** Codes to log in with after the loss of a phone. */
export const recoveryCodesSchema = z.object({
  recoveryCodes: z
    .array(z.string())
    .meta({ description: "Each can replace a code once. Shown only in this answer." }),
});

/** The body of `POST /session/second-factor/removal`. */
export const secondFactorRemovalSchema = z.strictObject({
  currentPassword: z.string().max(200),
  code: codeSchema,
});

/** The second factor of the person who is logged in. */
export const secondFactorSchema = z
  .object({
    since: z.iso
      .datetime()
      .nullable()
      .meta({ description: "When it was turned on; null if it is off." }),
    recoveryCodesLeft: z.int(),
  })
  .meta({ id: "SecondFactor" });

/** The path of another session. */
export const otherSessionPathSchema = z.object({ id: z.uuid() });

/** Another session of the person who is logged in. */
export const otherSessionSchema = z
  .object({
    id: z.uuid().meta({ description: "Identifies the session. It can't be used to log in." }),
    loggedInAt: z.iso.datetime(),
    seenAt: z.iso
      .datetime()
      .meta({ description: "When it was last used, accurate to about ten minutes." }),
    address: z.string().nullable().meta({ description: "The network address of the login." }),
    userAgent: z.string().nullable().meta({
      description: "The browser's User-Agent, up to 300 printable characters. It may be false.",
    }),
  })
  .meta({ id: "OtherSession" });

/** The other sessions of the person who is logged in. */
export const otherSessionsSchema = z.object({
  data: z
    .array(otherSessionSchema)
    .meta({ description: "At most 100 sessions, the most recently used first." }),
});
