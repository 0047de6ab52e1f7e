// Reads SMTP_URL: the server, the login, and the options behind it. An option that nobody knows, or a value that is
// none, would be ignored in silence, and the mail or the password would go in the clear.

/** A mail server's address. */
export type SmtpAddress = {
  readonly url: URL;
  /** Whether nothing may be sent before the connection is encrypted. */
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
 * Reads an address. A login makes encryption a must, unless the server is on this machine or the address says
 * `requireTLS=false`. Throws a `TypeError` that says what is wrong; the address itself is not in its message, for it
 * holds the password.
 */
export function readSmtpAddress(address: string): SmtpAddress {
  const [problem] = smtpAddressProblems(address);
  if (problem !== undefined) throw new TypeError(`SMTP_URL ${problem}.`);
  const url = new URL(address);
  const said = url.searchParams.get("requireTLS");
  return {
    url,
    requireTls: said === null ? hasExposedLogin(url) : said === "true",
  };
}

/** What is wrong with an address, each in words that go on from its name. */
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
      .map((name) => `has the option ${name} more than once: say it once`),
    ...switches
      .filter((name) => options.has(name) && !/^(true|false)$/.test(options.get(name) ?? ""))
      .map((name) => `has the option ${name}: expected true or false; got something else`),
    ...clearLogin(url),
  ];
}

/** The name is repeated only if it is a known one but for its case: behind a raw `?` it may be part of a password. */
function unknownOption(name: string, place: number): string {
  const meant = [...knownOptions].find((known) => known.toLowerCase() === name.toLowerCase());
  return meant === undefined
    ? `has an option that is not known, the ${place}. behind the question mark: expected one of ${[...knownOptions].join(", ")}; in a password write ? as %3F and & as %26`
    : `has the option ${name}, which is not known: write ${meant}`;
}

/** Nobody sends a password in the clear by an option that does not say so. */
function clearLogin(url: URL): string[] {
  const clear = ["ignoreTLS", "opportunisticTLS"].find(
    (name) => url.searchParams.get(name) === "true",
  );
  if (clear === undefined || url.searchParams.has("requireTLS") || !hasExposedLogin(url)) return [];
  return [
    `has ${clear}=true, which may send the login in the clear: leave it out, or add requireTLS=false if that is meant`,
  ];
}

function hasExposedLogin({ protocol, password, hostname }: URL): boolean {
  return protocol === "smtp:" && password !== "" && !isLoopback(hostname);
}

function isLoopback(hostname: string): boolean {
  return /^(localhost|.+\.localhost|127(\.\d{1,3}){3}|\[::1\])\.?$/i.test(hostname);
}
