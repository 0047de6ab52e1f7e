// What the machine must have for some measurements.

/** A program, or a part of the machine, that a measurement can't do without. */
export type Tool = "redis-server" | "pgbench" | "/proc";
