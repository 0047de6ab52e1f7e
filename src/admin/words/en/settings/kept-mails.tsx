// The texts of the notice that no mail leaves the service. It is on pages of several rooms.

import type { ReactNode } from "react";

/** The texts. */
export const keptMails = {
  title: "Nobody is mailed: no mail server is set up",
  /** `log` makes a link to the mail log, if the person may read it. */
  text: (log: (label: string) => ReactNode): ReactNode => (
    <>
      Mails are kept in the {log("mail log")} and are not sent. The person who runs Tallyman can set
      up a mail server with SMTP_URL.
    </>
  ),
};
