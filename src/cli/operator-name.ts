// Who types a command, for what the books keep of it.

import { userInfo } from "node:os";
import { UsageError } from "./operator-error.ts";

/** The most characters of an operator's name. */
const nameMax = 100;

/** The name that was given, or that of this process's user. Throws an `UsageError` if there is none. */
export function operatorName(by: string | undefined): string {
  const name = (by ?? loginName()).trim();
  if (name !== "" && name.length <= nameMax) return name;
  throw new UsageError(
    `--by: expected the name of who does this, of up to ${nameMax} characters; got ${JSON.stringify(name)}.`,
  );
}

/** The name of this process's user; empty if the system has none for its number. */
function loginName(): string {
  try {
    return userInfo().username;
  } catch {
    return "";
  }
}
