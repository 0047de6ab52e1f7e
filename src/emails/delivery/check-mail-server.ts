// Asks a mail server whether it would take mail, without sending any: connects, encrypts and logs in.

import { createTransport } from "nodemailer";
import { readSmtpAddress } from "./smtp-address.ts";
import { createSmtpFailureReader } from "./smtp-failure.ts";

/** How long each step may take, in milliseconds. */
const patienceMs = 5_000;

/** Resolves with null if the server accepts the login, and else with the reason, as a sentence without the password. */
export async function checkMailServer(url: string): Promise<string | null> {
  const transporter = createTransport({
    requireTLS: readSmtpAddress(url).requireTls,
    url,
    connectionTimeout: patienceMs,
    dnsTimeout: patienceMs,
    greetingTimeout: patienceMs,
    socketTimeout: patienceMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  try {
    await transporter.verify();
    return null;
  } catch (error) {
    return createSmtpFailureReader(url, patienceMs)(error).reason;
  } finally {
    transporter.close();
  }
}
