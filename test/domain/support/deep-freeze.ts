// Makes a change of an argument throw: what is frozen can't be written, in strict mode, without an error.

/** Freezes a value and everything it holds, and returns it. The entries of a Map are frozen, not the Map. */
export function deepFreeze<T>(value: T): T {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  const parts: Iterable<unknown> = value instanceof Map ? value.values() : Object.values(value);
  for (const part of parts) deepFreeze(part);
  return value;
}
