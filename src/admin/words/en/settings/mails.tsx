// The texts of the mail log, and of the page of one mail.

import type { ReactNode } from "react";
import { count, number } from "../../numbers.ts";

/** The texts. */
export const mails = {
  /** A mail that the mail server took is sent; without a mail server, it is only kept. */
  statuses: {
    pending: "Waiting",
    sending: "Being sent",
    sent: "Sent",
    kept: "Kept",
    failed: "Failed",
    cancelled: "Not sent",
  },
  sendAgain: "Send again",
  writeAgain: "Write again",
  list: {
    title: "Mail log",
    intro: "All mails, newest first, with their status.",
    table: "Mails",
    search: "Recipient or subject",
    status: "Status",
    all: "All",
    aboutOneAlert: "About one alert",
    leaveAlert: "About one alert only. Show all mails",
    showAll: "Show all mails",
    nothingFound: {
      title: "No mail matches",
      text: "Search for another recipient or subject, or show all mails.",
    },
    nothingYet: {
      title: "No mails yet",
      text: "The first one comes when a product reaches its stock alert threshold. To see what it will look like, send yourself a test.",
    },
    toTemplates: "Go to the mail templates",
    /** What a mail is called beside its check box. */
    nameOf: (subject: string | null, email: string) => `${subject ?? "the mail"}, to ${email}`,
    tooMany: (most: number) => `Choose at most ${number(most)}.`,
    columns: { subject: "Subject", to: "To", status: "Status", when: "When" },
    notWritten: "Not written yet",
    copy: "Copy",
    builtIn: "Built-in text",
    attempts: (attempts: number) => count(attempts, "attempt"),
  },
  page: {
    /** The title until the subject is known. */
    title: "Mail",
    back: "Mail log",
    asSent: "The mail as it was sent",
    asItWouldBeSent: "The mail as it would be sent",
    sentTo: (email: string) => `The mail is sent to ${email} again. This is the new one.`,
    keptFor: (email: string) => `The mail to ${email} is kept, not sent. This is the new one.`,
    builtInUsed: "The mail uses the built-in text instead of the store's own",
    editTemplate: "Edit the template",
    link: "The mail that was sent has a one-time link. It is kept nowhere, since whoever has it can log in as the person; the link below leads nowhere. If the mail is sent again, it gets another one.",
    notDrawnYet: {
      title: "Nothing to show yet",
      text: "The mail gets its final form when it is sent. This page shows it then.",
    },
    neverDrawn: {
      title: "Never sent",
      text: "What the mail is about was deleted or hidden before the mail could be sent.",
    },
  },
  facts: {
    to: "To",
    written: "Written",
    sent: "Sent",
    kept: "Kept",
    attempts: "Attempts",
    lastError: "Last error",
    copyOf: "Copy of",
    earlierMail: "an earlier mail",
    template: "Template",
    messageId: "Message-ID",
    about: "About",
    /** The item is null if it is not known any more. */
    low: (item: ReactNode): ReactNode =>
      item === null ? "Something runs low" : <>{item} runs low</>,
    out: (item: ReactNode): ReactNode =>
      item === null ? "Something is out of stock" : <>{item} is out of stock</>,
    allAboutAlert: "all mails about this alert",
    /** Mails about accounts. Nobody can edit their templates. */
    accountMails: {
      invitation: "Invitation",
      passwordReset: "Forgotten password",
      passwordChanged: "Password changed",
      addressChanged: "Address changed",
    },
  },
};
