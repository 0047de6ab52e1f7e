// Explains why a mail server did not accept a message: for good or for now, and a reason for the operator who sees the
// mail fail. The password is never part of the reason.

import * as z from "zod";
import { oneLine, shortLine } from "../../domain/one-line.ts";
import { readSmtpAddress } from "./smtp-address.ts";
import { explainTlsFailure } from "./tls-failure.ts";

/** Why a message was not accepted, as a sentence, and whether another attempt can help. */
export type SendFailure =
  /** The server will never accept this message for this recipient. Another attempt is useless. */
  | { readonly kind: "refused"; readonly reason: string }
  /** It may work later: no connection, no reply in time, a temporary refusal, a login that the operator must correct. */
  | { readonly kind: "unavailable"; readonly reason: string };

/** The longest reason, in characters. Some servers send long explanations. */
const reasonCharactersMax = 500;

/** A refusal of one of these commands concerns this message and not the session. */
const messageCommands = new Set(["MAIL FROM", "RCPT TO", "DATA"]);

/** Reply codes that ask for a login or refuse the one given, after any command (RFC 4954). */
const loginCodes = new Set([530, 534, 535, 538]);

/** The fields of nodemailer's errors that failures are recognised by. */
const failureSchema = z.object({
  message: z.string(),
  code: z.string().optional(),
  /** Node's own code, if nodemailer replaced it in `code`. */
  originalCode: z.string().optional(),
  command: z.string().optional(),
  responseCode: z.number().optional(),
});

type Failure = z.infer<typeof failureSchema>;

/**
 * Creates a reader for errors of the connection to the server at `url`. Throws a `TypeError` if the address can't be used.
 * `messageMs` is the time limit for one message, which a reason may name.
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
    // Only the server's text can contain the password. In our own text the same letters would be an ordinary word.
    const said = withoutSecrets(oneLine(failure.message), secrets);
    const reason = explain({ ...failure, message: said }, server, messageMs);
    return { kind, reason: shortLine(reason, reasonCharactersMax) };
  };
}

/** A permanent refusal of a message's own command is final, and so is a fault of the message itself. */
function isFinal({ code, command, responseCode }: Failure): boolean {
  if (code !== "EENVELOPE" && code !== "EMESSAGE") return false;
  if (responseCode === undefined) return true;
  return (
    responseCode >= 500 &&
    responseCode < 600 &&
    !loginCodes.has(responseCode) &&
    command !== undefined &&
    messageCommands.has(command)
  );
}

function explain(failure: Failure, { host, protocol }: URL, messageMs: number): string {
  const { code, message: said, responseCode = 0 } = failure;
  const server = `The mail server ${host}`;
  const tls = explainTlsFailure(failure, host);
  if (tls !== undefined) return tls;
  if (code === "EAUTH" || code === "ENOAUTH" || loginCodes.has(responseCode)) {
    return isTemporary(responseCode)
      ? `${server} accepts no login at the moment; the mail is tried again later. (${said})`
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
  return `${server} could not be reached, or closed the connection. (${said})`;
}

function isTemporary(responseCode: number): boolean {
  return responseCode >= 400 && responseCode < 500;
}

/** Shorter passwords occur by chance in many sentences. Hiding them there would reveal them. */
const secretCharactersMin = 4;

/** The password in each form that a server might repeat. The longest is first, so that no part of one remains. */
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
