// What the session's addresses read and answer.

import * as z from "zod";
import { permissions } from "../domain/access/permissions.ts";
import { printable } from "./text.ts";

/**
 * A new password. Length is what makes one hard to guess, so no kinds of characters are asked for. Those that are
 * easily guessed all the same are refused apart, where it is known whose it is.
 */
export const newPasswordSchema = z
  .string("expected a password of 10 to 200 characters")
  .min(10, "expected a password of at least 10 characters")
  .max(200, "expected a password of at most 200 characters")
  .meta({ description: "10 to 200 characters, and none of the commonest passwords." });

/** What somebody types as their address: anything that could be looked up. */
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

/** A secret that is not in force yet. */
export const preparedSecondFactorSchema = z.object({
  secret: z.string().meta({ description: "To be typed into an app. Shown this once." }),
  uri: z.string().meta({ description: "The same as an otpauth address, for a QR code." }),
});

/** The body of `PUT /session/second-factor`. */
export const secondFactorConfirmation = z.strictObject({ code: codeSchema });

/** The codes for whoever has lost their phone. */
export const recoveryCodesSchema = z.object({
  recoveryCodes: z
    .array(z.string())
    .meta({ description: "Each logs in once in place of a code. Shown this once." }),
});

/** The body of `POST /session/second-factor/removal`. */
export const secondFactorRemovalSchema = z.strictObject({
  currentPassword: z.string().max(200),
  code: codeSchema,
});

/** The second factor of the person who asks. */
export const secondFactorSchema = z
  .object({
    since: z.iso.datetime().nullable().meta({ description: "Null while it is off." }),
    recoveryCodesLeft: z.int(),
  })
  .meta({ id: "SecondFactor" });

/** The address of another session. */
export const otherSessionPathSchema = z.object({ id: z.uuid() });

/** Another session of the person who asks. */
export const otherSessionSchema = z
  .object({
    id: z.uuid().meta({ description: "Names the session, and opens nothing." }),
    loggedInAt: z.iso.datetime(),
    seenAt: z.iso.datetime().meta({ description: "When it was last used, to some ten minutes." }),
    address: z.string().nullable().meta({ description: "Where the login came from." }),
    userAgent: z.string().nullable().meta({
      description: "What the browser said that it is: a claim, in up to 300 printable characters.",
    }),
  })
  .meta({ id: "OtherSession" });

/** The other sessions of the person who asks. */
export const otherSessionsSchema = z.object({
  data: z.array(otherSessionSchema).meta({ description: "The 100 at most that were used last." }),
});

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
        "Whether somebody else chose the password. Then all but this address and PUT /session/password is refused (password-change-needed) until another one is chosen.",
    }),
    mailsLeave: z.boolean().meta({
      description:
        "Whether a mail server is configured. Without one, mails are kept in the mail log and nobody is mailed.",
    }),
  })
  .meta({ id: "Session" });
