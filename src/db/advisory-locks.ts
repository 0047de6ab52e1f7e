// All advisory locks of this program, in one place, so that no two of them have the same number.

/**
 * The numbers of the locks, by what they guard. They must differ and be greater than 32 bits allow, because BullMQ
 * locks hashes of 32 bits in the same database.
 */
export const advisoryLocks = {
  /** Held while a process migrates the database. */
  migration: 7_215_308_114,
  /** Held while a process sweeps. */
  sweep: 7_215_308_115,
  /** Held by each change of groups, people and keys, until its transaction ends. */
  accessChange: 7_215_308_116,
  /** Held while a process adds an index to the queues' tables. */
  queueIndex: 7_215_308_117,
  /** Held while a webhook is created, until its transaction ends. */
  webhookCreation: 7_215_308_118,
  /** Held while a mail to a supplier is written, until its transaction ends, so that such mails count each other. */
  supplierMails: 7_215_308_119,
  /** Held while a month of the ledger is closed, and while an audit reads files of closed months. */
  ledgerClosing: 7_215_308_120,
  /** Plus the id of a stock level: held while news of its alerts are counted. The next 2^31 numbers are for the ids. */
  alertNews: 8_589_934_592,
  /** Plus a hash of 31 bits of an address: held while it is decided which of the mails that wait for it go out. */
  waitingMails: 17_179_869_184,
} as const;
