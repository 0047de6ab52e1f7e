// The texts of why a typed text is no whole number. `typed` is the text, shortened if it is long.

/** The texts. */
export const wholeNumber = {
  fraction: (typed: string) => `“${typed}” is a fraction. Type a whole number.`,
  unclear: (typed: string) =>
    `“${typed}” can't be read as a whole number. Type its digits alone, such as 1200.`,
  /** `other` is null if the text has a fraction in its second meaning. */
  twoWays: (typed: string, whole: string, other: string | null) =>
    `“${typed}” can be read in two ways. Type ${whole} or ${other ?? "another whole number"}.`,
};
