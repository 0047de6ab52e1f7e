// The texts of the page that tells who did what.

/** The texts. */
export const activity = {
  title: "Activity",
  intro:
    "Who changed settings, access and products, and who signed in. Nobody can change or delete an entry. Orders and counts have their own history, on their pages.",
  table: "Activity",
  filters: { who: "E-mail address or API key", area: "Show", allAreas: "All" },
  nothingFound: {
    title: "Nothing matches",
    text: "Type a whole e-mail address or the whole name of an API key, or show all.",
  },
  nothingYet: {
    title: "Nothing was done yet",
    text: "The first entry comes when somebody signs in or changes a setting.",
  },
  columns: { what: "What was done", when: "When" },
};
