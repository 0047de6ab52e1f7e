// The addresses of the service, as the doctor sees them: where people and mails reach it, and what answers at its port.

import type { Config } from "../../config.ts";
import { type Check, checksAbout } from "./check.ts";

const { ok, warning, failed } = checksAbout("addresses");

/** What answers at the service's own address: its readiness, nothing, or another program. */
export type Heard =
  | { readonly kind: "service"; readonly status: string }
  | { readonly kind: "nothing" | "another" };

const patienceMs = 3_000;
const loopback = /^(localhost|127\.|\[?::1\]?$)/;

/** Asks what answers at HOST and PORT. */
export async function listenAt({ HOST, PORT }: Config): Promise<Heard> {
  const host = HOST === "0.0.0.0" ? "127.0.0.1" : HOST === "::" ? "::1" : HOST;
  const url = `http://${host.includes(":") ? `[${host}]` : host}:${PORT}/readyz`;
  let text: string;
  try {
    const reply = await fetch(url, { signal: AbortSignal.timeout(patienceMs), redirect: "manual" });
    text = await reply.text();
  } catch {
    return { kind: "nothing" };
  }
  const status = /^\{"status":"([a-z ]+)","database"/.exec(text)?.[1];
  return status === undefined ? { kind: "another" } : { kind: "service", status };
}

/** The lines about the addresses. */
export function judgeAddresses(config: Config, heard: Heard): Check[] {
  return [judgePort(config, heard), ...judgePublicUrl(config)];
}

function judgePort({ PORT }: Config, heard: Heard): Check {
  switch (heard.kind) {
    case "nothing":
      return ok(`Nothing runs at port ${PORT} of this machine yet.`);
    case "another":
      return failed(
        `Another program answers at port ${PORT}.`,
        "End it, or set PORT to a free one.",
      );
    case "service":
      return heard.status === "ready"
        ? ok(`The service runs at port ${PORT}, and is ready.`)
        : failed(
            `The service runs at port ${PORT}, and is ${heard.status}.`,
            `See what http://127.0.0.1:${PORT}/readyz says, and its log.`,
          );
  }
}

function judgePublicUrl({ PUBLIC_URL, HOST, PORT, TRUST_PROXY, SMTP_URL }: Config): Check[] {
  if (PUBLIC_URL === undefined) {
    const isForOthers = SMTP_URL !== undefined || !loopback.test(HOST);
    const says = `PUBLIC_URL is not set, so links in mails lead to http://127.0.0.1:${PORT}.`;
    return isForOthers ? [warning(says, "Set PUBLIC_URL to the address that people use.")] : [];
  }
  const { protocol, hostname } = new URL(PUBLIC_URL);
  if (protocol === "http:" && !loopback.test(hostname)) {
    return [
      warning(
        `People reach the service at ${PUBLIC_URL}, without encryption: passwords can be read on the way.`,
        "Put a proxy with TLS before it, and set PUBLIC_URL to its https address.",
      ),
    ];
  }
  if (protocol === "https:" && TRUST_PROXY === 0) {
    return [
      warning(
        "PUBLIC_URL is https, so a proxy is before the service, and TRUST_PROXY is 0: all clients count as one.",
        "Set TRUST_PROXY to the number of proxies.",
      ),
    ];
  }
  return [ok(`People reach the service at ${PUBLIC_URL}.`)];
}
