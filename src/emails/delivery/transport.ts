// Hands one message to the store's mail server and says how that ended. It is the only file that talks SMTP; whoever
// sends decides what to do with the outcome.

import { createTransport } from "nodemailer";
import { emailAddressSchema } from "../../contract/email-address.ts";
import { oneLine } from "../one-line.ts";
import { readSmtpAddress } from "./smtp-address.ts";
import { createSmtpFailureReader, type SendFailure } from "./smtp-failure.ts";

/** Someone who sends or gets mail. */
export interface Mailbox {
  name: string;
  email: string;
}

/** One message to one recipient. */
export interface OutgoingMail {
  to: Mailbox;
  from: Mailbox;
  replyTo?: Mailbox;
  subject: string;
  html: string;
  text: string;
  /** The Message-ID, in angle brackets. Send the same one on every try, so that receivers can spot a repeat. */
  messageId: string;
  /** Further headers, beyond those that mark the message as sent by a program. */
  headers?: Readonly<Record<string, string>>;
}

/** How one try ended. */
export type SendOutcome =
  /** The server has taken the message over. */
  { kind: "sent"; response: string } | SendFailure;

/** Somewhere to send mail. */
export interface MailTransport {
  /**
   * Sends one message. Whatever a server or the network does is an outcome; throws only for a message that no caller
   * may build: a malformed Message-ID or header name.
   */
  send(mail: OutgoingMail): Promise<SendOutcome>;
  /** Takes no more messages, waits for those on their way (each is bounded in time), and ends the connections. */
  close(): Promise<void>;
}

/** Where and how patiently mail is sent. */
export interface MailTransportOptions {
  /**
   * `smtp://user:password@host:port`, which uses STARTTLS if the server offers it, or `smtps://…` for TLS from the
   * start. With a password and a server elsewhere STARTTLS is a must, unless `?requireTLS=false` says otherwise. A
   * query sets further options of nodemailer, such as `?tls.rejectUnauthorized=false`.
   */
  url: string;
  /** Connections kept open at most; 2 where left out. */
  maxConnections?: number;
  timeouts?: Partial<MailTimeouts>;
}

/** How long each step may take, in milliseconds. */
interface MailTimeouts {
  /** Until the connection stands, name lookup included. */
  connectionMs: number;
  /** Until the server has greeted. */
  greetingMs: number;
  /** Between two answers of the server. */
  silenceMs: number;
  /** For one message altogether, which also stops a server that answers byte by byte. */
  messageMs: number;
}

const defaultTimeouts: MailTimeouts = {
  connectionMs: 10_000,
  greetingMs: 10_000,
  silenceMs: 30_000,
  messageMs: 60_000,
};

/** An idle connection is closed by us after this long, so that a server's own limit doesn't fail a message. */
const IDLE_MS = 30_000;

/** Marks the message as sent by a program, so that no out-of-office answer comes back. */
const automaticHeaders = {
  "Auto-Submitted": "auto-generated",
  "X-Auto-Response-Suppress": "All",
} as const;

/** Creates a transport to the mail server at `url`. Opens no connection yet; throws where the address is no SMTP one. */
export function createMailTransport(options: MailTransportOptions): MailTransport {
  const timeouts: MailTimeouts = { ...defaultTimeouts, ...options.timeouts };
  const readFailure = createSmtpFailureReader(options.url, timeouts.messageMs);
  const transporter = createPool(options, timeouts);
  const underway = new Set<Promise<SendOutcome>>();

  async function attempt(mail: OutgoingMail): Promise<SendOutcome> {
    try {
      const result = await transporter.sendMail({
        ...composeMessage(mail),
        signal: AbortSignal.timeout(timeouts.messageMs),
      });
      const [rejected] = result.rejectedErrors ?? [];
      return rejected === undefined && result.rejected.length === 0
        ? { kind: "sent", response: oneLine(result.response) }
        : readFailure(rejected ?? new Error(`The recipient was not accepted: ${result.response}`));
    } catch (error) {
      return readFailure(error);
    }
  }

  return {
    async send(mail) {
      requireWellFormed(mail);
      if (!emailAddressSchema.safeParse(mail.to.email).success) {
        return { kind: "refused", reason: `"${oneLine(mail.to.email)}" is not an email address.` };
      }
      for (const sender of [mail.from, ...(mail.replyTo === undefined ? [] : [mail.replyTo])]) {
        if (!emailAddressSchema.safeParse(sender.email).success) {
          const reason = `The sender's address "${oneLine(sender.email)}" is not an email address. Correct it in the configuration.`;
          return { kind: "unavailable", reason };
        }
      }
      const outcome = attempt(mail);
      underway.add(outcome);
      try {
        return await outcome;
      } finally {
        underway.delete(outcome);
      }
    },
    async close() {
      transporter.close();
      await Promise.all(underway);
    },
  };
}

function createPool(options: MailTransportOptions, timeouts: MailTimeouts) {
  return createTransport({
    pool: true,
    // What the address itself says comes before this.
    requireTLS: readSmtpAddress(options.url).requireTls,
    url: options.url,
    maxConnections: options.maxConnections ?? 2,
    // Each try is counted and spaced by the caller; the pool trying again by itself would hide failures from it.
    maxRequeues: 0,
    idleTimeout: IDLE_MS,
    connectionTimeout: timeouts.connectionMs,
    dnsTimeout: timeouts.connectionMs,
    greetingTimeout: timeouts.greetingMs,
    socketTimeout: timeouts.silenceMs,
    socketCloseTimeout: 1_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
}

function composeMessage(mail: OutgoingMail) {
  return {
    to: toAddress(mail.to),
    from: toAddress(mail.from),
    ...(mail.replyTo === undefined ? {} : { replyTo: toAddress(mail.replyTo) }),
    // Stated apart from the headers, so that no reading of a name can add a recipient.
    envelope: { from: mail.from.email, to: [mail.to.email] },
    subject: oneLine(mail.subject),
    html: mail.html,
    text: mail.text,
    messageId: mail.messageId,
    date: new Date(),
    headers: { ...lineHeaders(mail.headers ?? {}), ...automaticHeaders },
  };
}

function toAddress({ name, email }: Mailbox): { name: string; address: string } {
  return { name: oneLine(name), address: email };
}

function lineHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, oneLine(value)]));
}

function requireWellFormed(mail: OutgoingMail): void {
  if (!/^<[^\s<>@]+@[^\s<>@]+>$/.test(mail.messageId)) {
    throw new TypeError(
      `A Message-ID must look like <id@host>, but came as ${JSON.stringify(mail.messageId)}.`,
    );
  }
  for (const name of Object.keys(mail.headers ?? {})) {
    if (!/^[A-Za-z0-9-]+$/.test(name)) {
      throw new TypeError(
        `A header's name has letters, digits and hyphens, but came as ${JSON.stringify(name)}.`,
      );
    }
  }
}
