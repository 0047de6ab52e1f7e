// The usual policies for batches. Each user adds its own limits.

/** For transactions. A full batch is planned while another commits; a smaller one waits until the other has ended. */
export const groupCommit = { writersMax: 2, gathersWhileWriting: true } as const;

/** For reads. They don't linger; reads that arrive while a statement runs share the next one. */
export const sharedReads = {
  itemsMax: 200,
  lingerMs: 0,
  writersMax: 2,
  waitingMax: 10_000,
} as const;
