// The one rule for email addresses. It allows no line break, quote or angle bracket, so an address can't add a header or
// a second recipient to a mail.

import { z } from "zod";

/** An email address of at most 254 characters, by the rule of HTML's `<input type="email">`. */
export const emailAddressSchema = z
  .email({
    pattern: z.regexes.html5Email,
    error: "expected an email address such as ada@example.com",
  })
  .max(254);
