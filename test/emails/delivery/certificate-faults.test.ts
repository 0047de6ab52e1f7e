// Faults of a mail server's certificate, by real servers with certificates that OpenSSL makes here: each is told in its own
// words, with what to do.

import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { SecureVersion } from "node:tls";
import { SMTPServer } from "smtp-server";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { checkMailServer } from "../../../src/emails/delivery/check-mail-server.ts";

type Certificate = { readonly key: Buffer; readonly cert: Buffer };
type ServerOptions = {
  readonly secure?: boolean;
  readonly maxVersion?: SecureVersion;
};

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "certificates-"));
  openssl(
    "req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.pem -days 30 -subj /CN=Nobody-CA",
  );
});
afterAll(() => rmSync(folder, { recursive: true }));

function openssl(command: string): void {
  execFileSync("openssl", command.split(" "), { cwd: folder, stdio: "pipe" });
}

/** Makes a certificate for a name, signed by itself or by an authority that nobody knows. */
function certificate(
  name: string,
  { by, days = 30 }: { readonly by: "itself" | "authority"; readonly days?: number },
): Certificate {
  const file = `${name}-${by}-${days}`;
  writeFileSync(
    join(folder, `${file}.ext`),
    `subjectAltName=DNS:${name},IP:${name === "localhost" ? "127.0.0.1" : "192.0.2.1"}`,
  );
  openssl(
    `req -new -newkey rsa:2048 -nodes -keyout ${file}.key -out ${file}.csr -subj /CN=${name}`,
  );
  const signer =
    by === "itself" ? `-signkey ${file}.key` : "-CA ca.pem -CAkey ca.key -CAcreateserial";
  openssl(
    [
      "x509 -req",
      `-in ${file}.csr -out ${file}.pem -extfile ${file}.ext`,
      signer,
      `-days ${days}`,
    ].join(" "),
  );
  return {
    key: readFileSync(join(folder, `${file}.key`)),
    cert: readFileSync(join(folder, `${file}.pem`)),
  };
}

/** Starts a server with a certificate, and resolves with why Tallyman would send it nothing; null if it would. */
async function faultAt(
  { key, cert }: Certificate,
  { secure = false, maxVersion }: ServerOptions = {},
  query = "",
): Promise<string | null> {
  const old =
    maxVersion === undefined
      ? {}
      : { minVersion: "TLSv1" as const, maxVersion, ciphers: "ALL@SECLEVEL=0" };
  const server = new SMTPServer({
    secure,
    key,
    cert,
    authOptional: true,
    closeTimeout: 100,
    ...old,
  });
  server.on("error", () => undefined);
  server.listen(0, "127.0.0.1");
  await once(server.server, "listening");
  const { port } = z.object({ port: z.number() }).parse(server.server.address());
  try {
    return await checkMailServer(
      `${secure ? "smtps" : "smtp"}://127.0.0.1:${port}?requireTLS=true${query}`,
    );
  } finally {
    await new Promise<void>((resolve) => server.close(() => resolve()));
  }
}

describe.each([
  ["over STARTTLS", { secure: false }],
  ["with TLS from the start", { secure: true }],
])("a mail server %s", (_how, options) => {
  it("whose certificate is self-signed is told so, and how to trust it", async () => {
    const fault = await faultAt(certificate("localhost", { by: "itself" }), options);
    expect(fault).toMatch(
      /^No secure connection to the mail server 127\.0\.0\.1:\d+: its certificate is self-signed/,
    );
    expect(fault).toContain("NODE_EXTRA_CA_CERTS");
  });

  it("whose certificate an unknown authority signed is told so", async () => {
    const fault = await faultAt(certificate("localhost", { by: "authority" }), options);
    expect(fault).toContain("signed by an authority that this machine does not know");
    expect(fault).toContain("NODE_EXTRA_CA_CERTS");
  });

  it("that offers an old version of TLS only is told to be updated", async () => {
    const fault = await faultAt(certificate("localhost", { by: "itself" }), {
      ...options,
      maxVersion: "TLSv1.1",
    });
    expect(fault).toContain("no version or cipher of TLS that is safe enough");
  });
});

/** What Node finds only if it trusts the signer: this process does not, so a child process with the authority looks. */
describe("a mail server whose signer is trusted", () => {
  const withAuthority = (fault: Certificate): string => {
    writeFileSync(
      join(folder, "server.json"),
      JSON.stringify({ key: fault.key.toString(), cert: fault.cert.toString() }),
    );
    const script = join(import.meta.dirname, "../../support/ask-mail-server.ts");
    return execFileSync(process.execPath, [script, join(folder, "server.json")], {
      env: { ...process.env, NODE_EXTRA_CA_CERTS: join(folder, "ca.pem") },
      encoding: "utf8",
    }).trim();
  };

  it("and whose certificate is right is taken", () => {
    expect(withAuthority(certificate("localhost", { by: "authority" }))).toBe("null");
  });

  it("and whose certificate has expired is told to be renewed", () => {
    expect(withAuthority(certificate("localhost", { by: "authority", days: -1 }))).toContain(
      "its certificate has expired. Renew it on the mail server",
    );
  });

  it("and whose certificate is for another name is told the names that it has", () => {
    const fault = withAuthority(certificate("mail.example.com", { by: "authority" }));
    expect(fault).toContain("its certificate is for another name");
    expect(fault).toContain("192.0.2.1");
  });
});
