// The usual ways to gather. Their users add the limits that are their own.

/** For transactions: a full one is planned while another commits, and a small one gathers until that has ended. */
export const groupCommit = { writersMax: 2, gathersWhileWriting: true } as const;

/** For reads: none lingers, and those that come while others are read share the next statement. */
export const sharedReads = {
  itemsMax: 200,
  lingerMs: 0,
  writersMax: 2,
  waitingMax: 10_000,
} as const;
