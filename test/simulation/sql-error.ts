// Errors as PostgreSQL sends them.

import { DatabaseError } from "pg";

/** An error with its SQLSTATE. */
export function sqlError(code: string, message: string): DatabaseError {
  const error = new DatabaseError(message, message.length, "error");
  error.code = code;
  return error;
}
