// The texts about mails that the mail server does not take, and about sending mails again. The overview shows them too.

import type { ReactNode } from "react";
import { count } from "../../numbers.ts";

/** The end of what was done to failed mails, if some are left. */
const leftWords = (left: number): string =>
  left === 0
    ? ""
    : ` ${count(left, "more mail")} failed; press again to send ${left === 1 ? "it" : "them"}, too.`;

const mailsAre = (mails: number): string => `${count(mails, "mail")} ${mails === 1 ? "is" : "are"}`;

/** The texts. */
export const mailTrouble = {
  waiting: {
    someTitle: "Some mails wait to be sent",
    allTitle: "The mail server does not take mails",
    text: (mails: number, since: ReactNode): ReactNode => (
      <>
        Since {since}. {count(mails, "mail")} {mails === 1 ? "waits and is" : "wait and are"} tried
        again, later and later, for about 43 minutes.
      </>
    ),
    lastAnswer: (answer: string) => `The last answer: ${answer}`,
    tryNow: "Try now",
    nothingWaits: "No mail waits for another attempt.",
    tried: (mails: number, left: number) =>
      `${mailsAre(mails)} tried now.${left === 0 ? "" : ` ${count(left, "more mail")} still ${left === 1 ? "waits" : "wait"}.`}`,
  },
  failed: {
    title: (mails: number) => `${count(mails, "mail")} could not be sent`,
    text: (mails: number) => `Nobody has got ${mails === 1 ? "it" : "them"}.`,
    sendAgain: (mails: number) => (mails === 1 ? "Send it again" : "Send them again"),
    see: "See the failed mails",
  },
  /** What was done when mails are sent again. `left`: how many failed ones there are still. */
  resent: {
    sent: (mails: number, left: number) => `${mailsAre(mails)} sent again.${leftWords(left)}`,
    kept: (mails: number, left: number) =>
      `${mailsAre(mails)} written again and kept, not sent.${leftWords(left)}`,
    none: "There is no failed mail to send again.",
    /** What a mail is called that could not be sent again. */
    mail: "A mail",
    mailTo: (subject: string | null, email: string) => `${subject ?? "A mail"}, to ${email}`,
  },
};
