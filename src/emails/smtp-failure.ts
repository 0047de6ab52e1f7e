// Reads what went wrong on the way to a mail server: is it final or may it pass, and why, in words for the operator
// who sees the mail fail. The password never gets into those words.

import { z } from "zod";
import { oneLine, shortLine } from "./one-line.ts";

/** Why a message was not taken, and whether another try can help. */
export type SendFailure =
  /** The server will never take this message to this recipient: trying again is of no use. */
  | { kind: "refused"; reason: string }
  /** It may work later: no connection, no answer in time, a temporary refusal, a login that the operator must fix. */
  | { kind: "unavailable"; reason: string };

/** The longest reason, in characters. Servers explain themselves at length. */
const REASON_CHARACTERS_MAX = 500;

/** Steps in which a refusal concerns this one message rather than the session. */
const MESSAGE_COMMANDS = new Set(["MAIL FROM", "RCPT TO", "DATA"]);

/** Answers that ask for a login, or refuse the one given, in any step. */
const LOGIN_CODES = new Set([530, 534, 535, 538]);

/** The parts of nodemailer's errors that tell failures apart. */
const failureSchema = z.object({
  message: z.string(),
  code: z.string().optional(),
  command: z.string().optional(),
  responseCode: z.number().optional(),
});

type Failure = z.infer<typeof failureSchema>;

/**
 * Creates the reader for failures on the way to the server at `url`. Throws where the address is no SMTP one.
 * `messageMs` is the bound on one message, named where it was reached.
 */
export function createSmtpFailureReader(
  url: string,
  messageMs: number,
): (error: unknown) => SendFailure {
  const server = parseServer(url);
  const secrets = secretsOf(server);

  return (error) => {
    const parsed = failureSchema.safeParse(error);
    const failure: Failure = parsed.success ? parsed.data : { message: String(error) };
    const kind = isFinal(failure) ? "refused" : "unavailable";
    const reason = withoutSecrets(explain(failure, server.host, messageMs), secrets);
    return { kind, reason: shortLine(reason, REASON_CHARACTERS_MAX) };
  };
}

/** Permanent answers to a message's own commands are final, and so is what is wrong with the message itself. */
function isFinal({ code, command, responseCode }: Failure): boolean {
  if (code !== "EENVELOPE" && code !== "EMESSAGE") return false;
  if (responseCode === undefined) return true;
  return (
    responseCode >= 500 &&
    responseCode < 600 &&
    !LOGIN_CODES.has(responseCode) &&
    command !== undefined &&
    MESSAGE_COMMANDS.has(command)
  );
}

function explain(
  { code, message, responseCode }: Failure,
  host: string,
  messageMs: number,
): string {
  const server = `The mail server ${host}`;
  const said = oneLine(message);
  if (code === "EAUTH" || code === "ENOAUTH" || LOGIN_CODES.has(responseCode ?? 0)) {
    return `${server} refused the login: check the user and password in SMTP_URL. (${said})`;
  }
  if (code === "EENVELOPE" || code === "EMESSAGE") {
    return `${server} did not accept the message. (${said})`;
  }
  if (code === "EABORT") return `${server} took longer than ${messageMs} ms over one message.`;
  if (code === "ETIMEDOUT") return `${server} did not answer in time. (${said})`;
  if (code === "ETLS") {
    return `No secure connection to the mail server ${host}: check its certificate, or the TLS options in SMTP_URL. (${said})`;
  }
  return `${server} could not be reached, or broke off. (${said})`;
}

function parseServer(url: string): URL {
  const server = URL.parse(url);
  if (server === null || !/^smtps?:$/.test(server.protocol) || server.hostname === "") {
    // The address itself is left out of the message: it holds the password.
    throw new TypeError(
      "SMTP_URL must look like smtp://user:password@host:port or smtps://user:password@host:port.",
    );
  }
  return server;
}

/** The password in each form that a server or a log might repeat. */
function secretsOf({ username, password }: URL): string[] {
  if (password === "") return [];
  const plain = decode(password);
  return [plain, password, base64(plain), base64(`\0${decode(username)}\0${plain}`)];
}

function base64(text: string): string {
  return Buffer.from(text).toString("base64");
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function withoutSecrets(text: string, secrets: readonly string[]): string {
  return secrets.reduce((cleaned, secret) => cleaned.replaceAll(secret, "[hidden]"), text);
}
