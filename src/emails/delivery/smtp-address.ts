// Reads SMTP_URL: the server, the login and the options. nodemailer silently ignores an unknown option or value, so a typing
// error could send the mail or the password without encryption. Here it is an error.

/** A mail server's address. */
export type SmtpAddress = {
  readonly url: URL;
  /** Whether the connection must be encrypted before anything is sent. */
  readonly requireTls: boolean;
};

const form = "smtp://user:password@host:port or smtps://user:password@host:port";

const switches = ["requireTLS", "ignoreTLS", "opportunisticTLS", "lmtp", "tls.rejectUnauthorized"];
const knownOptions: ReadonlySet<string> = new Set([
  ...switches,
  "authMethod",
  "connectionTimeout",
  "dnsTimeout",
  "greetingTimeout",
  "localAddress",
  "maxConnections",
  "maxMessages",
  "name",
  "proxy",
  "rateDelta",
  "rateLimit",
  "servername",
  "socketTimeout",
  "tls.ca",
  "tls.ciphers",
  "tls.maxVersion",
  "tls.minVersion",
  "tls.servername",
]);

/**
 * Reads an address. A login requires encryption, unless the server is on this machine or the address says
 * `requireTLS=false`. Throws a `TypeError` that says what is wrong. The message leaves the address out, because it contains
 * the password.
 */
export function readSmtpAddress(address: string): SmtpAddress {
  const [problem] = smtpAddressProblems(address);
  if (problem !== undefined) throw new TypeError(`SMTP_URL ${problem}.`);
  const url = new URL(address);
  const given = url.searchParams.get("requireTLS");
  return {
    url,
    requireTls: given === null ? hasExposedLogin(url) : given === "true",
  };
}

/** Everything that is wrong with an address. Each problem continues a sentence that begins with the setting's name. */
export function smtpAddressProblems(address: string): string[] {
  const url = URL.parse(address);
  if (url === null || !/^smtps?:$/.test(url.protocol) || url.hostname === "") {
    return [`must look like ${form}`];
  }
  const options = url.searchParams;
  const names = [...new Set(options.keys())];
  return [
    ...names.flatMap((name, index) =>
      knownOptions.has(name) ? [] : [unknownOption(name, index + 1)],
    ),
    ...names
      .filter((name) => options.getAll(name).length > 1)
      .map((name) => `has the option ${name} more than once: give it once`),
    ...switches
      .filter((name) => options.has(name) && !/^(true|false)$/.test(options.get(name) ?? ""))
      .map((name) => `has the option ${name}: expected true or false; got something else`),
    ...clearLogin(url),
  ];
}

/** Quotes the name only if it is a known one in other letter case: after an unescaped `?` it may be part of a password. */
function unknownOption(name: string, place: number): string {
  const meant = [...knownOptions].find((known) => known.toLowerCase() === name.toLowerCase());
  return meant === undefined
    ? `has an unknown option, number ${place} after the question mark: expected one of ${[...knownOptions].join(", ")}; in a password write ? as %3F and & as %26`
    : `has the unknown option ${name}: write ${meant}`;
}

/** Only `requireTLS=false` may send a password without encryption, because it says so. */
function clearLogin(url: URL): string[] {
  const clear = ["ignoreTLS", "opportunisticTLS"].find(
    (name) => url.searchParams.get(name) === "true",
  );
  if (clear === undefined || url.searchParams.has("requireTLS") || !hasExposedLogin(url)) return [];
  return [
    `has ${clear}=true, which may send the login without encryption: leave it out, or add requireTLS=false if you accept that`,
  ];
}

function hasExposedLogin({ protocol, password, hostname }: URL): boolean {
  return protocol === "smtp:" && password !== "" && !isLoopback(hostname);
}

function isLoopback(hostname: string): boolean {
  return /^(localhost|.+\.localhost|127(\.\d{1,3}){3}|\[::1\])\.?$/i.test(hostname);
}
