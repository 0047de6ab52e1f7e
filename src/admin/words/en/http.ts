// The texts for what goes wrong before the API can say why.

export const http = {
  unreadable: {
    title: "The service sent an unexpected answer",
    detail: "The answer could not be read. Try again in a moment.",
  },
  refused: {
    title: "This could not be done",
    text: "Reload the page, then try again.",
    field: "This value was not accepted.",
  },
  unreachable: {
    title: "The service can't be reached",
    detail: "Check your connection, then try again.",
  },
  offline: {
    title: "You are offline",
    detail: "Nothing was saved. Try again when you are connected.",
  },
  unanswered: {
    title: "The service does not answer",
    detail:
      "No answer came within two minutes. Reload the page to see whether it was done, then try again.",
  },
  appError: {
    title: "Something went wrong in this page",
    detail: "Reload the page, then try again.",
  },
};
