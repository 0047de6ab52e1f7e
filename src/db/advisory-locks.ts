// Every advisory lock that this program takes, in one place, so that no two acts wait for each other by
// accident.

/**
 * The numbers of the locks, by what they guard. Any numbers will do that differ and lie beyond 32 bits:
 * BullMQ locks hashes of 32 bits in the same database.
 */
export const advisoryLocks = {
  /** Held while a process migrates the database. */
  migration: 7_215_308_114,
  /** Held while a process sweeps. */
  sweep: 7_215_308_115,
  /** Held by each change of groups, people and keys, until its transaction ends. */
  accessChange: 7_215_308_116,
} as const;
