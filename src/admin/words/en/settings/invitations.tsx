// The texts about inviting a person: the dialog, the link, and the notice on the person's page.

import type { ReactNode } from "react";

/** The texts. */
export const invitations = {
  state: { invited: "Invited", over: "Invitation over", takenBack: "Invitation taken back" },
  dialog: {
    title: "Invite a person",
    linkTitle: (name: string) => `The link for ${name}`,
    invited: (email: string) => `An invitation goes to ${email}.`,
    name: "Name",
    email: "Email",
    emailHint: "Used to log in and to receive mails. The invitation goes there.",
    emailHintWithoutMails: "Used to log in. Nobody is mailed: no mail server is set up.",
    noEmail: "Enter an email address.",
    next: "The person gets a mail with a link to choose a password. It works once, for seven days.",
    nextWithoutMails:
      "The next page shows a link to choose a password. Give it to the person yourself.",
    send: "Send the invitation",
    inviteWithoutMails: "Invite",
  },
  link: {
    intro:
      "No mail server is set up, so nobody was mailed. Give this link to the person yourself. It works once, for seven days, and whoever has it can log in as them.",
    email: "Email",
    link: "Link",
    onlyOnce: "The link is shown only once",
    ifLost: "If it gets lost, invite the person again.",
  },
  notice: {
    open: (invitedAt: ReactNode, endsAt: ReactNode): ReactNode => (
      <>
        Invited {invitedAt}. The link to choose a password works until {endsAt}.
      </>
    ),
    over: (invitedAt: ReactNode): ReactNode => (
      <>Invited {invitedAt}. No link works any more, so the person can't log in.</>
    ),
    sendAgain: "Send again",
    inviteAgain: "Invite again",
    newLink: "Make a new link",
    newLinkTitle: "The new link",
    sent: (email: string) => `A new invitation goes to ${email}.`,
    takeBack: "Take back",
    takenBack: "The invitation is taken back.",
    askTakeBack: (name: string) => ({
      title: `Take back the invitation of ${name}?`,
      text: "Its link does not work any more. The account stays: you can invite again, or delete it.",
      verb: "Take back",
    }),
  },
};
