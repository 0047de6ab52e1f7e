// The texts of who did something.

/** The texts. */
export const actors = {
  key: (name: string) => `API key ${name}`,
};
