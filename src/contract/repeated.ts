// Query parameters that may be repeated.

import * as z from "zod";

/** A parameter that may be repeated up to `most` times; undefined if it is left out. */
export const repeated = <T extends z.ZodType>(value: T, most: number) =>
  z.preprocess(
    (given) => (typeof given === "string" ? [given] : given),
    z.array(value).min(1).max(most).optional(),
  );
