// When an API key stops working: at its end, or when somebody revokes it.

/** The times of a key that decide whether it works. */
export type KeyTimes = {
  readonly expiresAt: Date | null;
  /** If the name of an expired key is given to another one, this is the time of its end. */
  readonly revokedAt: Date | null;
};

/** Whether a key works, or why it doesn't. */
export type KeyState = "active" | "expired" | "revoked";

/** The state of a key. Both ends are final, so the earlier one counts. */
export function keyStateOf({ expiresAt, revokedAt }: KeyTimes, now: Date): KeyState {
  const isRevoked = revokedAt !== null;
  if (isRevoked && (expiresAt === null || revokedAt < expiresAt)) return "revoked";
  return isRevoked || (expiresAt !== null && expiresAt <= now) ? "expired" : "active";
}

/** Whether a new key can have this end. It must be in the future, or the key would never work. */
export function isPossibleEnd(expiresAt: Date, now: Date): boolean {
  return expiresAt > now;
}
