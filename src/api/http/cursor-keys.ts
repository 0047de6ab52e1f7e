// The types of values in cursors. The admin app imports this file too, so nothing here may need Node.

import * as z from "zod";
import { storableText } from "../../contract/text.ts";

/**
 * A value that the column can't have is refused, because the database would refuse the comparison. A text, such as a
 * name of 200 characters, may be longer in lower case.
 */
export const cursorKeys = {
  id: z.uuid(),
  text: z.string().max(1_000).regex(storableText),
  integer: z
    .int()
    .min(0)
    .max(2 ** 31 - 1),
  bigint: z.string().regex(/^\d{1,18}$/),
  units: z.number().min(-1e15).max(1e15),
  /** A timestamptz as PostgreSQL writes it, from the year 1 to 9999. */
  instant: z.iso
    .datetime({ offset: true })
    .regex(/^(?!0000)\d{4}-[^.]{14}(?:\.\d{1,6})?(?:Z|[+-](?:0\d|1[0-4]):\d\d)$/),
} as const;
