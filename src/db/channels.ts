// Every channel on which processes notify each other through PostgreSQL, in one place, so that no two messages
// share a channel by accident.

/** The names of the channels, by what they report. A name is part of the traffic between versions: keep it. */
export const channels = {
  /** Decided orders that a request waits for. The payload is their ids, separated by commas. */
  orderDecided: "order_decided",
  /** A change of groups, people, sessions or keys. The payload is empty. */
  accessChanged: "access_changed",
} as const;
