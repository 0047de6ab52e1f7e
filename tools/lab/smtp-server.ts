// A real SMTP server on a free port. It keeps what it accepted, and refuses, stalls or closes the connection if its
// behaviour says so.

import { once } from "node:events";
import { createServer, type Server, type Socket } from "node:net";
import { text } from "node:stream/consumers";
import { type ParsedMail, simpleParser } from "mailparser";
import { SMTPServer, type SMTPServerSession } from "smtp-server";
import * as z from "zod";

/** A message as the receiver got it. */
export type ReceivedMail = {
  readonly parsed: ParsedMail;
  readonly raw: string;
  /** Envelope recipients, which may differ from what the headers say. */
  readonly recipients: string[];
  /** Whether it came over TLS. */
  readonly secure: boolean;
};

/** A reply that refuses a command. */
type Refusal = {
  readonly code: number;
  readonly message: string;
};

type ReceiverBehaviour = {
  readonly atSender?: () => Refusal | undefined;
  readonly atRecipient?: (address: string) => Refusal | undefined;
  /** Decides after the message arrived. The message is kept, whatever it returns. */
  readonly atData?: (
    session: SMTPServerSession,
    mail: ReceivedMail,
  ) => Refusal | undefined | Promise<Refusal | undefined>;
  /** Asks for this login. */
  readonly login?: { user: string; password: string; refusal: string };
  readonly startTls?: boolean;
};

type SmtpReceiver = AsyncDisposable & {
  readonly port: number;
  readonly url: string;
  readonly received: ReceivedMail[];
};

/** Starts a receiver that accepts everything, unless its behaviour says otherwise. */
export async function startSmtpReceiver(behaviour: ReceiverBehaviour = {}): Promise<SmtpReceiver> {
  const received: ReceivedMail[] = [];
  const { login } = behaviour;
  const server = new SMTPServer({
    authOptional: login === undefined,
    allowInsecureAuth: true,
    hideSTARTTLS: behaviour.startTls !== true,
    disabledCommands: behaviour.startTls === true ? [] : ["STARTTLS"],
    closeTimeout: 100,
    onAuth({ username, password }, _session, done) {
      if (username === login?.user && password === login?.password) done(null, { user: username });
      else done(refuse({ code: 535, message: `${login?.refusal ?? ""} ${password ?? ""}` }));
    },
    onMailFrom: (_address, _session, done) => done(refuse(behaviour.atSender?.())),
    onRcptTo: ({ address }, _session, done) => done(refuse(behaviour.atRecipient?.(address))),
    onData(stream, session, done) {
      void (async () => {
        // A client that breaks off while it sends is part of the tests.
        const raw = await text(stream).catch(() => null);
        if (raw === null) return;
        const recipients = session.envelope.rcptTo.map(({ address }) => address);
        const parsed = await simpleParser(raw);
        const mail = { raw, parsed, recipients, secure: session.secure };
        received.push(mail);
        done(refuse(await behaviour.atData?.(session, mail)));
      })();
    },
  });
  // A client that breaks off is part of the tests.
  server.on("error", () => undefined);
  const port = await listen(server.server);
  return {
    port,
    url: `smtp://127.0.0.1:${port}`,
    received,
    [Symbol.asyncDispose]: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** Starts a server that does with each connection what the script says, and speaks no SMTP of its own. */
export async function startScriptedServer(
  script: (socket: Socket) => void,
): Promise<{ url: string; port: number } & AsyncDisposable> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    script(socket);
  });
  const port = await listen(server);
  return {
    port,
    url: `smtp://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}

async function listen(server: Server): Promise<number> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return z.object({ port: z.number() }).parse(server.address()).port;
}

function refuse(refusal: Refusal | undefined): Error | null {
  if (refusal === undefined) return null;
  return Object.assign(new Error(refusal.message), { responseCode: refusal.code });
}
