// Sends one message to the store's mail server and returns the outcome. Only this file speaks SMTP. The caller decides
// what to do with the outcome.

import { createTransport } from "nodemailer";
import { emailAddressSchema } from "../../contract/email-address.ts";
import { oneLine } from "../../domain/one-line.ts";
import { readSmtpAddress } from "./smtp-address.ts";
import { createSmtpFailureReader, type SendFailure } from "./smtp-failure.ts";

/** A sender or recipient. */
export type Mailbox = { readonly name: string; readonly email: string };

/** One message to one recipient. */
export type OutgoingMail = {
  readonly to: Mailbox;
  readonly from: Mailbox;
  readonly replyTo?: Mailbox;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  /** The Message-ID, `<id@host>`. Use the same one in every attempt, so that receivers can recognise a repeat. */
  readonly messageId: string;
  /** Files that go with it. */
  readonly attachments?: readonly {
    readonly filename: string;
    readonly contentType: string;
    readonly content: string;
  }[];
  /** Additional headers. Those that mark the message as sent by a program are always added. */
  readonly headers?: Readonly<Record<string, string>>;
};

/** How one attempt ended. `sent`: the server accepted the message, with this response. */
export type SendOutcome = { readonly kind: "sent"; readonly response: string } | SendFailure;

/** A way to send mail. */
export type MailTransport = {
  /**
   * Sends one message. Every failure of the server or the network is an outcome. Rejects with a `TypeError` only if the
   * Message-ID or a header's name is malformed, which is a fault of the caller.
   */
  send(mail: OutgoingMail): Promise<SendOutcome>;
  /** Accepts no more messages, waits for those in progress (each has a time limit), and closes the connections. */
  close(): Promise<void>;
};

/** How mail is sent. */
export type MailTransportOptions = {
  /**
   * `smtp://user:password@host:port` uses STARTTLS if the server offers it; `smtps://…` uses TLS from the start. If there
   * is a password and the server is not on this machine, STARTTLS is required, unless the query says
   * `requireTLS=false`. The query sets further options of nodemailer, such as `?tls.rejectUnauthorized=false`.
   */
  readonly url: string;
  /** Open connections at most; 2 if left out. */
  readonly maxConnections?: number;
  readonly timeouts?: Partial<MailTimeouts>;
};

/** How long each step may take, in milliseconds. */
type MailTimeouts = {
  /** Until the connection is open, name lookup included. */
  readonly connectionMs: number;
  /** From then until the server's greeting. */
  readonly greetingMs: number;
  /** Between two replies of the server. */
  readonly silenceMs: number;
  /** For one message in total. This also stops a server that replies byte by byte. */
  readonly messageMs: number;
};

const defaultTimeouts: MailTimeouts = {
  connectionMs: 10_000,
  greetingMs: 10_000,
  silenceMs: 30_000,
  messageMs: 60_000,
};

/** An idle connection is closed after this time. If the server closed it first, the next message would fail. */
const idleMs = 30_000;

/** These mark the message as sent by a program, so that no out-of-office reply comes back (RFC 3834). */
const automaticHeaders = {
  "Auto-Submitted": "auto-generated",
  "X-Auto-Response-Suppress": "All",
} as const;

/**
 * Creates a transport to the mail server at `url`. It opens no connection yet. Throws a `TypeError` if the address can't be
 * used: see `readSmtpAddress`.
 */
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
    // An option in the address overrides this.
    requireTLS: readSmtpAddress(options.url).requireTls,
    url: options.url,
    maxConnections: options.maxConnections ?? 2,
    // The caller counts and spaces the attempts. If the pool repeated them by itself, the caller would not see failures.
    maxRequeues: 0,
    idleTimeout: idleMs,
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
    // The envelope does not depend on the headers, so no name in them can add a recipient.
    envelope: { from: mail.from.email, to: [mail.to.email] },
    subject: oneLine(mail.subject),
    html: mail.html,
    text: mail.text,
    ...(mail.attachments === undefined ? {} : { attachments: [...mail.attachments] }),
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
