// The texts of the list of mail templates, and of the page of one: its editor, its preview and its history.

import type { ReactNode } from "react";
import { number } from "../../numbers.ts";

/** The texts. */
export const mailTemplates = {
  list: {
    title: "Mail templates",
    intro:
      "The mails that the store writes. Each has a built-in text, which you can replace with your own.",
    columns: { template: "Template", code: "Code", text: "Text", changed: "Changed" },
    neverChanged: "Never",
  },
  badge: { own: "The store's own text", builtIn: "Built-in text" },
  page: {
    /** The title until the template's name is known. */
    title: "Mail template",
    back: "Mail templates",
  },
  /** Which text of the template is edited. Languages have their own names. */
  choice: {
    label: "Text for mails in",
    all: "All languages without a text of their own",
    ownText: (language: string) => `${language}, own text`,
    ofAll: "Without a text here, each mail says the built-in text in the language of its reader.",
    ofOwn: (language: string) =>
      `Mails in ${language} say this text. What it leaves out is built in, in ${language}.`,
    usesTextForAll: (language: string) =>
      `There is no text for ${language}, so mails in it say your text for all languages. The preview shows it.`,
    usesBuiltIn: (language: string) =>
      `There is no text for ${language}, so mails in it say the built-in text, in ${language}.`,
  },
  labels: { subject: "Subject", body: "Body" },
  builtIn: "built-in",
  saved: "Saved. The next mail uses this text.",
  subject: {
    isBuiltIn: "This is the built-in subject.",
    isOwn: "The store's own subject.",
    backToBuiltIn: "Use the built-in subject",
  },
  body: {
    label: "Body",
    builtIn: "Built-in design",
    own: "Own text",
    isBuiltIn: "The mail comes in the built-in design",
    builtInHint: "It is drawn for light and dark screens. The preview shows it as it is sent.",
    writeOwn: "Write your own text instead",
    editorPart: "The editor",
    editor: "Text of the mail",
    faults: "This can't be sent yet",
    hint: (variable: ReactNode, condition: ReactNode): ReactNode => (
      <>
        An empty line begins a paragraph, # a heading, and - an entry of a list; **two stars** make
        words bold, as in Markdown. Write {variable} for a variable, and {condition} around a part
        that is shown only in some mails. Tab leaves the editor.
      </>
    ),
  },
  variables: {
    title: "Variables",
    canBeUsed: "The text can use these.",
    canBeInserted: "Click one to insert it at the cursor.",
    explanation: (meaning: string, sample: string) => `${meaning} Example: ${sample}`,
  },
  preview: {
    title: "Preview",
    sample: "Sample",
    outdated: "This is the last version that worked. Correct the errors to see the new one.",
    subject: "Subject:",
    mail: "The mail as it would be sent",
  },
  test: {
    send: "Send me a test",
    to: (email: string) => `To ${email}`,
    sent: (email: string) => `Sent to ${email}.`,
    kept: (email: string) => `Kept, not sent to ${email}: no mail server is set up.`,
    see: "See it in the mail log",
  },
  history: {
    title: "History",
    none: "Nothing was ever changed. Every save is kept here, and you can restore it at any time.",
    table: "Versions",
    noVersions: { title: "No versions", text: "Save to make the first one." },
    columns: {
      version: "Version",
      saved: "Saved",
      subject: "Subject",
      body: "Body",
      actions: "Actions",
    },
    version: (version: number) => `Version ${version}`,
    inUse: "In use",
    builtIn: "Built-in",
    restore: "Restore",
    restoreVersion: (version: number) => `Restore version ${version}`,
    restored: (version: number) => `Version ${version} is in the editor. Save to use it.`,
  },
  /** The way back from the text for all languages. */
  reset: {
    button: "Reset to built-in",
    question: {
      title: "Reset to the built-in text?",
      text: "The next mail uses the built-in text. Your own text stays in the history, and you can restore it.",
      verb: "Reset",
    },
    done: "The built-in text is used again.",
  },
  /** The way back from the text for one language. */
  removal: (language: string) => ({
    button: "Remove this text",
    question: {
      title: `Remove the text for ${language}?`,
      text: "The next mail uses the text for all languages, or the built-in one if there is none. Your own text stays in the history, and you can restore it.",
      verb: "Remove",
    },
    done: `The text for ${language} is not used any more.`,
  }),
  /** How the body was changed, line by line. */
  compare: {
    gone: (line: string) => `gone “${line}”`,
    added: (line: string) => `new “${line}”`,
    otherOrder: "its lines are in another order",
    list: (changes: readonly string[], more: number) =>
      more === 0 ? changes.join("; ") : `${changes.join("; ")}; and ${number(more)} more`,
  },
};
