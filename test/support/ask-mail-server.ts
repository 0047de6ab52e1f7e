// Started by a test as a process of its own, which trusts the authority in NODE_EXTRA_CA_CERTS: starts a mail server with
// the certificate of a file, asks whether it would take mail, and prints why not.

import { once } from "node:events";
import { readFileSync } from "node:fs";
import { SMTPServer } from "smtp-server";
import * as z from "zod";
import { checkMailServer } from "../../src/emails/delivery/check-mail-server.ts";

const { key, cert } = z
  .object({ key: z.string(), cert: z.string() })
  .parse(JSON.parse(readFileSync(process.argv[2] ?? "", "utf8")));
const server = new SMTPServer({ key, cert, authOptional: true, closeTimeout: 100 });
server.on("error", () => undefined);
server.listen(0, "127.0.0.1");
await once(server.server, "listening");
const { port } = z.object({ port: z.number() }).parse(server.server.address());
console.log(String(await checkMailServer(`smtp://127.0.0.1:${port}?requireTLS=true`)));
server.close();
