// The texts that several pages of the settings show.

/** The texts. */
export const settings = {
  done: "Done",
  saved: "Saved.",
  faults: { noName: "Enter a name.", noCode: "Enter a code." },
  /** An empty list, in the notice that somebody else has changed it. */
  emptyList: "none",
  created: (name: string) => `${name} is created.`,
  by: (who: string) => `by ${who}`,
  changedMeanwhile: {
    title: "Somebody else has changed this",
    detail:
      "Nothing was deleted. This page now shows the changes. Delete it again if you still want to.",
  },
};
