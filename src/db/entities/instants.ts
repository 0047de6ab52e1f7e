// The columns of time that the entities share. All of them are points in time, never local hours.

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
