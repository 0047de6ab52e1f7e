// What is known of a customer, as a person reads it. A checkout may have sent any value.

/** Control characters, halves of characters, and marks that change the direction of the text around them. */
const unsafe = /[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/gu;

/** A value as text on one line. What can't be shown safely is written as its code point: `[U+0000]`. */
export function customerWords(value: unknown): string {
  return plainText(value).replaceAll(unsafe, (character) => {
    const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase();
    return `[U+${code.padStart(4, "0")}]`;
  });
}

function plainText(value: unknown): string {
  if (Array.isArray(value)) return value.map(plainText).join(", ");
  if (typeof value === "string") return value;
  if (typeof value !== "object" || value === null)
    return value === null ? "" : (JSON.stringify(value) ?? "");
  return Object.entries(value)
    .map(([name, part]) => `${name}: ${plainText(part)}`)
    .join(", ");
}
