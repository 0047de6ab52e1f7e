// How long a new API key works, as a choice of a few times.

/** The choices, with their time in days. */
export const keyLives = {
  endless: { label: "Until somebody revokes it", days: null },
  month: { label: "30 days", days: 30 },
  quarter: { label: "90 days", days: 90 },
  year: { label: "1 year", days: 365 },
} as const;

/** One of the choices. */
export type KeyLife = keyof typeof keyLives;

/** Whether a text is one of the choices. */
export function isKeyLife(text: string): text is KeyLife {
  return Object.hasOwn(keyLives, text);
}

/** The end of a key that is made now, for the API; null if it has none. */
export function endAfter(life: KeyLife, now: Date): string | null {
  const { days } = keyLives[life];
  return days === null ? null : new Date(now.getTime() + days * 86_400_000).toISOString();
}
