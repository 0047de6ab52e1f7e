// Patterns for LIKE.

/** A pattern that finds the text anywhere; wildcards in the text are escaped. */
export function likePattern(text: string): string {
  return `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
}
