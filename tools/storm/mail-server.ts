// The mail server of a storm. It counts what it took, and can be away or put mails off.

import { once } from "node:events";
import { SMTPServer } from "smtp-server";
import * as z from "zod";
import { startTcpProxy } from "../lab/tcp-proxy.ts";

/** A running mail server. */
export type MailServer = {
  readonly url: string;
  /** Whether connections are refused. */
  setAway(isAway: boolean): void;
  /** Whether each mail is refused for now, with 451. */
  setPuttingOff(isPuttingOff: boolean): void;
  /** How often it took each mail: by message id and recipient. */
  readonly taken: ReadonlyMap<string, number>;
  close(): void;
};

const putOff = (): Error => Object.assign(new Error("4.3.0 Later, please"), { responseCode: 451 });

/** Starts the server on a free port of 127.0.0.1. */
export async function startMailServer(): Promise<MailServer> {
  const taken = new Map<string, number>();
  let isPuttingOff = false;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onRcptTo: (_address, _session, done) => done(isPuttingOff ? putOff() : null),
    onData(stream, session, done) {
      let message = "";
      stream.on("data", (chunk: Buffer) => {
        message += chunk.toString();
      });
      stream.on("end", () => {
        const id = /^message-id:\s*(\S+)/im.exec(message)?.[1] ?? "none";
        for (const { address } of session.envelope.rcptTo) {
          const key = `${id} ${address}`;
          taken.set(key, (taken.get(key) ?? 0) + 1);
        }
        done();
      });
    },
  });
  // Connections that are reset, by its proxy or by a process that is killed.
  server.on("error", () => undefined);
  server.listen(0, "127.0.0.1");
  await once(server.server, "listening");
  const { port } = z.object({ port: z.number() }).parse(server.server.address());
  const proxy = await startTcpProxy(`smtp://127.0.0.1:${port}`);
  return {
    url: proxy.url,
    setAway: (isAway) => (isAway ? proxy.refuse() : proxy.heal()),
    setPuttingOff(isOn) {
      isPuttingOff = isOn;
    },
    taken,
    close() {
      proxy.close();
      server.close(() => undefined);
    },
  };
}
