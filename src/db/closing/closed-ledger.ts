// How far the ledger is closed, for statements that read it: sales before that may be gone.

/** The id of the last movement of the closed months, and of the one that is being closed; 0 if there is none. */
export const closedTo = "(select coalesce(max(up_to), 0) from closed_month)";

/** A condition: the sales of an order that was decided at this time may be gone. A minute is between both at most. */
export const mayLackSales = (decidedAt: string): string =>
  `coalesce(${decidedAt} <= (select max(last_at) + interval '1 minute' from closed_month), false)`;
