// A ticket lock: lets pieces of work do one part of themselves one after the other, in the order in which they asked.

/** One piece of work's place in the row. */
export type Ticket = {
  /** Resolves when all earlier tickets have been released. */
  readonly served: Promise<void>;
  /** Releases the ticket, served or not. A second call does nothing. */
  release(): void;
};

/** Takes the next ticket. Whoever takes one must release it, or no later ticket is ever served. */
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
