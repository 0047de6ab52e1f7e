// What is answered if too many mails to suppliers were written within an hour.

import { Problem } from "./problem.ts";

/** The problem. There is room for the next mail after `waitSeconds`. */
export const tooManySupplierMails = (mailsMax: number, waitSeconds: number): Problem =>
  new Problem(
    "too-many-requests",
    `Expected at most ${mailsMax} mails to suppliers within an hour; there were as many already, so this one was not written. Send the request again after the seconds of Retry-After.`,
    { headers: { "Retry-After": String(waitSeconds) } },
  );
