// Reads what went wrong on the way to a mail server: is it final or may it pass, and why, in words for the operator
// who sees the mail fail. The password never gets into those words.

import { z } from "zod";
import { oneLine, shortLine } from "../one-line.ts";
import { readSmtpAddress } from "./smtp-address.ts";
import { wordsForTlsFailure } from "./tls-failure.ts";

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
  /** What Node called it, if nodemailer put a code of its own in that place. */
  originalCode: z.string().optional(),
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
  const { url: server } = readSmtpAddress(url);
  const secrets = secretsOf(server);

  return (error) => {
    const parsed = failureSchema.safeParse(error);
    const failure: Failure = parsed.success ? parsed.data : { message: String(error) };
    const kind = isFinal(failure) ? "refused" : "unavailable";
    // Only what came from the server can hold a secret; in our own words it would be a word like any other.
    const said = withoutSecrets(oneLine(failure.message), secrets);
    const reason = explain({ ...failure, message: said }, server, messageMs);
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

function explain(failure: Failure, { host, protocol }: URL, messageMs: number): string {
  const { code, message: said, responseCode = 0 } = failure;
  const server = `The mail server ${host}`;
  const tls = wordsForTlsFailure(failure, host);
  if (tls !== undefined) return tls;
  if (code === "EAUTH" || code === "ENOAUTH" || LOGIN_CODES.has(responseCode)) {
    return isTemporary(responseCode)
      ? `${server} takes no login just now; it is tried again later. (${said})`
      : `${server} refused the login: check the user and password in SMTP_URL. (${said})`;
  }
  if (code === "EENVELOPE" || code === "EMESSAGE") {
    return `${server} did not accept the message. (${said})`;
  }
  if (code === "EABORT") return `${server} took longer than ${messageMs} ms over one message.`;
  if (code === "ETIMEDOUT") {
    const hint =
      protocol === "smtp:" && /greeting/i.test(said)
        ? " If it expects TLS from the start, as at port 465, use smtps:// in SMTP_URL."
        : "";
    return `${server} did not answer in time.${hint} (${said})`;
  }
  return `${server} could not be reached, or broke off. (${said})`;
}

function isTemporary(responseCode: number): boolean {
  return responseCode >= 400 && responseCode < 500;
}

/** Shorter texts occur in any sentence: hiding them would only show that they are the password. */
const secretCharactersMin = 4;

/** The password in each form that a server might repeat, the longest first, so that no part of one is left over. */
function secretsOf({ username, password }: URL): string[] {
  if (password === "") return [];
  const plain = decode(password);
  return [plain, password, base64(plain), base64(`\0${decode(username)}\0${plain}`)]
    .filter((secret) => secret.length >= secretCharactersMin)
    .toSorted((one, other) => other.length - one.length);
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
