// How the person who is logged in is told of alerts.

import { alertMails as text } from "../words/en/session/alert-mails.ts";
import { AlertMailsForm } from "./alert-mails-form.tsx";
import { ownAlertMails } from "./alert-mails-queries.ts";

/** The form of one's own choice. */
export const OwnAlertMails = () => <AlertMailsForm of={ownAlertMails} words={text.own} />;
