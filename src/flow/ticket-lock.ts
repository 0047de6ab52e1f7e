// A ticket lock: pieces of work that run at once do one part one after the other, in the order of their tickets.

/** A place in the queue for the lock. */
export type Ticket = {
  /** Resolves when all earlier tickets have been released. */
  readonly served: Promise<void>;
  /** Releases the ticket, served or not. A second call does nothing. */
  release(): void;
};

/** Takes the next ticket. The caller must release it; otherwise no later ticket is ever served. */
export type TakeTicket = () => Ticket;

/** Creates a lock that nobody holds. */
export function createTicketLock(): TakeTicket {
  let last = Promise.resolve();
  return () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const served = last;
    last = served.then(() => promise);
    return { served, release: () => resolve() };
  };
}
