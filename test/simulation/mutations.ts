// Classical faults, put into the ports of the program: into what the model of PostgreSQL executes, into the queue, or
// between the program and its caller. Each must be found, or else the simulation does not look where it should.

/** Every mutation. */
export const mutations = [
  // What SQL does. Each is a clause that would be missing.
  "no second look at the status",
  "no lock of levels",
  "levels locked in any order",
  "no unique references",
  "expires what was paid meanwhile",
  "answer before the commit",
  // The queue.
  "absorbed orders are forgotten",
  "sweeper announces under the same id",
  "sweeper announces nothing",
  // The processes.
  "failed orders get no answer",
  "adjustments without a key",
] as const;

/** A mutation. */
export type Mutation = (typeof mutations)[number];
