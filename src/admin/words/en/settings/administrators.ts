// The texts of the list of administrators, of the page of one, and of the dialog that sets a new password.

/** The texts. */
export const administrators = {
  list: {
    title: "Administrators",
    intro: "Everybody who can log in here. Their groups decide what they may do.",
    invite: "Invite a person",
    search: "Name or email",
    status: "Status",
    statuses: { all: "All", active: "Active", disabled: "Disabled" },
    nothingFound: {
      title: "Nobody matches",
      text: "Search for part of a name or email, or show all administrators.",
      showAll: "Show all",
    },
    nothingYet: { title: "No administrators yet", text: "Invite the first person." },
    columns: {
      name: "Name",
      email: "Email",
      groups: "Groups",
      status: "Status",
      added: "Added",
    },
    you: "You",
    noGroups: "None",
  },
  state: { active: "Active", disabled: "Disabled" },
  page: {
    /** The title until the person's name is known. */
    title: "Administrator",
    back: "Administrators",
    changeOwnPassword: "Change your password",
    setPassword: "Set a new password",
    removal: (name: string) => ({
      title: `Delete ${name}?`,
      consequence:
        "The person is logged out everywhere and can't log in again. The logs keep their email address. To keep the account, disable it instead.",
      done: `${name} is deleted.`,
    }),
  },
  alertMails: (name: string) => ({
    intro: `How ${name} is told of alerts. They can change it under their own account.`,
    how: "How they are told",
    watching: "Items that they watch",
    types: "Product types that they watch",
    saved: "Saved. Mails that wait for them follow it too.",
  }),
  form: {
    labels: { name: "Name", email: "Email", enabled: "May log in", groups: "Groups" },
    emailHint: "Used to log in and to receive mails.",
    ownEmailHint: "Only another administrator can change your own address.",
    enabledHint:
      "If you turn this off, the person is logged out everywhere and gets no more mails.",
    noEmail: "Enter an email address.",
  },
  groups: {
    label: "Groups",
    isBeyond: "Grants more than you may do yourself, so you can't change it.",
    describe: (grants: string) => `${grants}.`,
    describeMailed: (grants: string) => `Gets mails about low stock. ${grants}.`,
  },
  secondFactor: {
    turnOff: "Turn off second factor",
    isOff: (name: string) => `The second factor of ${name} is off.`,
    ask: (name: string) => ({
      title: `Turn off the second factor of ${name}?`,
      text: "Check first that the request really comes from this person. They are logged out everywhere, and can then log in with the password only.",
      verb: "Turn off",
    }),
  },
  password: {
    title: (name: string) => `Set a new password for ${name}`,
    isSet: "The new password is set",
    consequence: "The person is logged out everywhere and needs this password to log in.",
    label: "New password",
    hint: "10 characters or more.",
    missing: "Enter a new password.",
    generate: "Generate one",
    set: "Set password",
    /** What is shown once when it is set. */
    details: {
      intro:
        "Give these details to the person, but not by email. They choose their own password when they log in.",
      address: "Where to log in",
      email: "Email",
      password: "Password",
      onlyOnce: "The password is shown only once",
      ifLost: "If it gets lost, set a new one.",
    },
  },
};
