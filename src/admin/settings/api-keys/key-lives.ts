// How long a new API key works, as a choice of a few times.

/** The choices, with their time in days; null if the key has no end. */
const keyLives = { endless: null, month: 30, quarter: 90, year: 365 } as const;

/** One of the choices. */
export type KeyLife = keyof typeof keyLives;

/** Whether a text is one of the choices. */
export function isKeyLife(text: string): text is KeyLife {
  return Object.hasOwn(keyLives, text);
}

/** The end of a key that is made now, for the API; null if it has none. */
export function endAfter(life: KeyLife, now: Date): string | null {
  const days = keyLives[life];
  return days === null ? null : new Date(now.getTime() + days * 86_400_000).toISOString();
}
