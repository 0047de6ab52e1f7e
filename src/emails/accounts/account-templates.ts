// The templates of the mails about a person's account. A store can't edit them. Who may write templates could put the
// link of an administrator's account into the address of a picture of their own, and so get hold of the account; and the
// news that a password was changed must not be switched off by an empty text.

import { createMailTemplate } from "../templating/mail-template.ts";
import { inEachLanguage } from "../words/mail-words.ts";
import {
  addressChangedMailSchema,
  addressChangedSamples,
  invitationMailSchema,
  invitationSamples,
  passwordChangedMailSchema,
  passwordChangedSamples,
  passwordResetMailSchema,
  passwordResetSamples,
} from "./account-mails.ts";
import {
  type AccountWording,
  frameAccountMail,
  wordAddressChanged,
  wordInvitation,
  wordPasswordChanged,
  wordPasswordReset,
} from "./account-wording.ts";

const draw = async (wording: AccountWording) =>
  (await import("./account-body.tsx")).drawAccountBody(wording);

/** The texts of all these mails, with the subject of one. */
const wordsOf = (kind: "invitation" | "reset" | "changed" | "moved") =>
  inEachLanguage(({ account }) => ({ ...account[kind], account }));

/** The invitation of a new person. */
export const invitationTemplate = createMailTemplate({
  code: "tallyman:invitation",
  name: "Invitation",
  description: "Sent to a person who is invited, with a link to choose a password.",
  // Nobody edits these mails, so there is no variable to explain.
  variables: [],
  words: wordsOf("invitation"),
  samples: invitationSamples,
  schema: invitationMailSchema,
  frame: (data, speech) => ({
    ...frameAccountMail(data, wordInvitation(data, speech.words.account, speech)),
    hasOneTimeLink: true,
  }),
  drawBody: (data, speech) => draw(wordInvitation(data, speech.words.account, speech)),
});

/** The link of a person who has forgotten the password. */
export const passwordResetTemplate = createMailTemplate({
  code: "tallyman:password_reset",
  name: "Forgotten password",
  description: "Sent to a person who asked for a new password, with a link to choose it.",
  variables: [],
  words: wordsOf("reset"),
  samples: passwordResetSamples,
  schema: passwordResetMailSchema,
  frame: (data, { words }) => ({
    ...frameAccountMail(data, wordPasswordReset(data, words.account)),
    hasOneTimeLink: true,
  }),
  drawBody: (data, { words }) => draw(wordPasswordReset(data, words.account)),
});

/** The news that a password was changed. */
export const passwordChangedTemplate = createMailTemplate({
  code: "tallyman:password_changed",
  name: "Password changed",
  description: "Sent to a person whose password was changed, by whomever.",
  variables: [],
  words: wordsOf("changed"),
  samples: passwordChangedSamples,
  schema: passwordChangedMailSchema,
  frame: (data, speech) =>
    frameAccountMail(data, wordPasswordChanged(data, speech.words.account, speech)),
  drawBody: (data, speech) => draw(wordPasswordChanged(data, speech.words.account, speech)),
});

/** The news that an address was changed. */
export const addressChangedTemplate = createMailTemplate({
  code: "tallyman:address_changed",
  name: "Address changed",
  description: "Sent to the old address of a person whose address was changed.",
  variables: [],
  words: wordsOf("moved"),
  samples: addressChangedSamples,
  schema: addressChangedMailSchema,
  frame: (data, speech) =>
    frameAccountMail(data, wordAddressChanged(data, speech.words.account, speech)),
  drawBody: (data, speech) => draw(wordAddressChanged(data, speech.words.account, speech)),
});
