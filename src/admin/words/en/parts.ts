// The texts for parts of the app that could not be loaded. `what` begins a sentence: "This page".

export const parts = {
  thePage: "The page",
  updated: {
    title: "Tallyman was updated",
    text: (what: string) =>
      `${what} needs the new version. Save your changes on this page, then reload.`,
  },
  notLoaded: (what: string) => `${what} could not be loaded`,
  /** Shown only if the first page can't be loaded, for the person who runs Tallyman. */
  crash: (fault: string) => `A part of the app could not be loaded: ${fault}.`,
  unreachable:
    "The service can't be reached. Check your connection, then try again. What you typed here is not lost.",
  unknown:
    "Try again in a moment. If that does not help, save your changes on this page, then reload.",
};
