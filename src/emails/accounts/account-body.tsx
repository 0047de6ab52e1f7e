// The body of the mails about a person's account.

import { MailButton, MailHeading, MailLead } from "../templating/mail-parts.tsx";
import type { MailBody } from "../templating/mail-template.ts";
import { type AccountWording, writeAccountText } from "./account-wording.ts";

/** Draws the body, and writes it as plain text. */
export function drawAccountBody(wording: AccountWording): MailBody {
  const content = (
    <>
      <MailHeading>{wording.headline}</MailHeading>
      <MailLead>{wording.lead}</MailLead>
      <MailButton {...wording.action} />
      <MailLead>{wording.after}</MailLead>
    </>
  );
  return { content, text: writeAccountText(wording) };
}
