// The time columns of the entities. Each is a point in time, never a local time.

import { p } from "@mikro-orm/core";

/** A point in time. */
export const instant = () => p.datetime().columnType("timestamptz");

/** When the row was created. */
export const createdAt = () =>
  instant()
    .defaultRaw("now()")
    .onCreate(() => new Date());

/** When the row was last written. */
export const updatedAt = () => createdAt().onUpdate(() => new Date());
