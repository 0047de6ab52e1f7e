// The texts of what can be done with a webhook, and of its dialogs.

/** The texts. */
export const webhookActs = {
  buttons: {
    test: "Send a test",
    pause: "Pause",
    resume: "Resume",
    switchOn: "Switch on",
    more: "More",
    change: "Change",
    retry: "Try again now",
    sendAgain: "Send changes again",
    newSecret: "New secret",
    switchOff: "Switch off",
  },
  paused: (webhook: string) => `${webhook} is paused.`,
  resumed: (webhook: string) => `${webhook} is on again.`,
  retried: "What failed is tried again.",
  switchOff: {
    title: (webhook: string) => `Switch ${webhook} off?`,
    text: "Nothing is sent, and nothing is kept for it. When it is switched on again, it starts with what happens then. To keep what happens meanwhile, pause it instead.",
    verb: "Switch off",
    done: (webhook: string) => `${webhook} is off.`,
  },
  delete: {
    title: (webhook: string) => `Delete ${webhook}?`,
    text: "Nothing is sent to it any more, and its secret and its answers are gone. To keep what happens meanwhile, pause it instead.",
    done: (webhook: string) => `${webhook} is deleted.`,
  },
  sendAgain: {
    title: "Send changes again",
    text: "Every change since then is sent, also those that were taken before. Programs recognise what they have already.",
    since: "Everything since",
    noTime: "Choose a date and a time.",
    send: "Send again",
    done: (webhook: string) => `${webhook} gets everything since then again.`,
  },
  newSecret: {
    title: "New secret",
    text: "The other program needs the new secret before the old one stops working.",
    life: "How long the old secret works",
    day: "For a day",
    week: "For a week",
    noLonger: "No longer: it may have leaked",
    create: "Make a new secret",
  },
  secret: {
    titleOf: (webhook: string) => `The secret of ${webhook}`,
    label: "Secret",
    once: {
      title: "The secret is shown only once",
      text: "Copy it into the program that gets the changes. With it the program can tell that a message is from this store. If it gets lost, make a new one.",
    },
    done: "Done",
  },
  form: {
    newTitle: "New webhook",
    changeTitle: (webhook: string) => `Change ${webhook}`,
    channel: { label: "Who gets the changes", program: "A program", chat: "A chat" },
    address: {
      label: "Address",
      ofChat: "Slack, Mattermost and others give you one for a channel, as an incoming webhook.",
      ofProgram: "Where the other program gets the changes. It begins with https://.",
      missing: "Enter the address.",
    },
    name: {
      label: "Name",
      hint: "For people, such as Shop or Warehouse chat. You can leave it out.",
    },
    types: {
      label: "What it gets",
      all: "Everything",
      some: "Some changes",
      none: "Choose at least one.",
    },
    create: "Create webhook",
    changed: (webhook: string) => `${webhook} is changed.`,
  },
};
