// The time of a write of the catalogue, in SQL.

/** In whole milliseconds: a list that is sorted by time goes on after the time of its last product, which is a `Date`. */
export const now = "date_trunc('milliseconds', statement_timestamp())";
