// What counts as an email address here: the rule that browsers apply to an email field. It admits no line break,
// quote or angle bracket, so an address that passed can't add a header or a second recipient.

import { z } from "zod";

/** An email address of at most 254 characters, by the rule of HTML's email field. */
export const emailAddressSchema = z
  .email({
    pattern: z.regexes.html5Email,
    error: "expected an email address such as ada@example.com",
  })
  .max(254);
