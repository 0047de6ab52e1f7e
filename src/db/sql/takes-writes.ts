// Says in SQL whether a server takes writes.

/** True unless the server is a standby, or is read-only for this session, as a full managed database may be. */
export const takesWrites =
  "not (pg_is_in_recovery() or current_setting('transaction_read_only')::boolean)";
