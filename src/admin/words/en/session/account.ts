// The texts of the page of one's own account, without those of its larger forms.

/** The texts. */
export const account = {
  title: "My account",
  email: "Email",
  groups: "Groups",
  noGroups: "None",
  permissions: "What you may do",
  may: (permissions: string) => `${permissions}.`,
  noPermissions: "Nothing yet. Ask an administrator to add you to a group.",
  region: {
    title: "Language and times",
    intro: "How mails are written to you, and how numbers and times are shown to you everywhere.",
    saved: "Saved.",
  },
  sessions: {
    title: "Where else you are logged in",
    intro: "If you don't recognise one, log it out. Then change your password.",
    onlyHere: "You are logged in only here.",
    browser: "Browser",
    address: "IP address",
    unknownAddress: "Unknown",
    loggedIn: "Logged in",
    lastSeen: "Last seen",
    actions: "Actions",
    end: "Log out",
    endOne: (browser: string) => `Log out ${browser}`,
    oneEnded: "The other device is logged out.",
    endAll: "Log out everywhere else",
    askForAll: "Log out everywhere else?",
    endAllMeans: "You stay logged in here. Unsaved changes on the other devices are lost.",
    allEnded: "You are now logged in only here.",
  },
};
