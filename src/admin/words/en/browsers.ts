// The texts of the names of browsers and devices. Names that are the same in each language are in browser-words.ts.

/** The texts. */
export const browsers = {
  iPhone: "an iPhone",
  iPad: "an iPad",
  mac: "a Mac",
  chromebook: "a Chromebook",
  on: (browser: string, system: string) => `${browser} on ${system}`,
  unknownProgram: "An unknown program",
  unknownBrowser: "An unknown browser",
};
