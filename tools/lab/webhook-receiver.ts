// A real receiver of webhooks. It verifies and keeps what it gets, and reacts as a test's rule says.

import { once } from "node:events";
import { createServer as createHttpServer, type IncomingMessage } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import type { Socket } from "node:net";
import { text } from "node:stream/consumers";
import { Webhook } from "standardwebhooks";
import * as z from "zod";
import { answers, type Reaction } from "./webhook-reactions.ts";

/** A message as it came. */
export type Delivery = {
  readonly id: string;
  /** How often this id has come, this time included. */
  readonly attempt: number;
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  /** The body as it came; empty if the receiver closed before it read it. */
  readonly body: string;
  /** Whether each of the receiver's secrets verifies it. */
  readonly isVerified: boolean;
  readonly cameAt: number;
  /** The status that the sender gets; null if it gets none. */
  readonly status: number | null;
};

/** Decides what is done with a message. It may be asked before the body has come. */
export type Rule = (delivery: Omit<Delivery, "status">) => Reaction;

/** How a receiver behaves. */
export type ReceiverOptions = {
  /** The secrets that it knows. Without any, it can't verify. */
  readonly secrets?: readonly string[];
  /** What it does; it answers 200 if left out. */
  readonly rule?: Rule;
  /** A port that a receiver had before; any free one if left out. */
  readonly port?: number;
  readonly tls?: { readonly key: string; readonly cert: string };
};

/** A receiver that listens. */
export type WebhookReceiver = AsyncDisposable & {
  readonly port: number;
  readonly url: string;
  /** All messages, in the order in which they came. */
  readonly deliveries: readonly Delivery[];
  /** The ids that were answered with success, each once, in the order of their first success. */
  accepted(): string[];
  /** How many connections there were, and how many are open. */
  connections(): { readonly ever: number; readonly open: number };
  follow(rule: Rule): void;
  know(secrets: readonly string[]): void;
};

/** A rule that reacts to one message after the other, and to all further ones as to the last. */
export function inOrder(...reactions: readonly [Reaction, ...Reaction[]]): Rule {
  let next = 0;
  return () => reactions[Math.min(next++, reactions.length - 1)] ?? reactions[0];
}

/** Starts a receiver on this machine. */
export async function startWebhookReceiver(
  options: ReceiverOptions = {},
): Promise<WebhookReceiver> {
  const { port = 0, tls } = options;
  let { rule = () => answers(200), secrets = [] } = options;
  const deliveries: Delivery[] = [];
  const attempts = new Map<string, number>();
  const count = { ever: 0, open: 0 };

  const receive = (request: IncomingMessage, body: string): Omit<Delivery, "status"> => {
    const { headers, url: path = "" } = request;
    const id = String(headers["webhook-id"] ?? "");
    const attempt = (attempts.get(id) ?? 0) + 1;
    const isVerified = isSigned(headers, body, secrets);
    return { id, attempt, path, headers, body, isVerified, cameAt: Date.now() };
  };
  const keep = (delivery: Omit<Delivery, "status">, { status }: Reaction): void => {
    attempts.set(delivery.id, delivery.attempt);
    deliveries.push({ ...delivery, status });
  };

  const server = tls === undefined ? createHttpServer() : createHttpsServer(tls);
  server.on("request", (request, response) => {
    const early = receive(request, "");
    const first = rule(early);
    if (first.isAtOnce === true) {
      keep(early, first);
      first.react(response, request.socket);
      return;
    }
    void text(request).then(
      (body) => {
        keep(receive(request, body), first);
        first.react(response, request.socket);
      },
      // A sender that breaks off while it sends is part of the tests.
      () => undefined,
    );
  });
  server.on("connection", (socket: Socket) => {
    count.ever += 1;
    count.open += 1;
    socket.on("error", () => undefined);
    socket.on("close", () => (count.open -= 1));
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  const address = z.object({ port: z.number() }).parse(server.address());

  return {
    port: address.port,
    url: `${tls === undefined ? "http" : "https"}://127.0.0.1:${address.port}`,
    deliveries,
    accepted: () => [...new Set(deliveries.filter(isAccepted).map(({ id }) => id))],
    connections: () => ({ ...count }),
    follow: (next) => (rule = next),
    know: (next) => (secrets = next),
    async [Symbol.asyncDispose]() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function isAccepted({ status }: Delivery): boolean {
  return status !== null && status >= 200 && status < 300;
}

function isSigned(
  headers: IncomingMessage["headers"],
  body: string,
  secrets: readonly string[],
): boolean {
  const signature = {
    "webhook-id": String(headers["webhook-id"] ?? ""),
    "webhook-timestamp": String(headers["webhook-timestamp"] ?? ""),
    "webhook-signature": String(headers["webhook-signature"] ?? ""),
  };
  const verifies = (secret: string): boolean => {
    try {
      new Webhook(secret).verify(body, signature);
      return true;
    } catch {
      return false;
    }
  };
  return secrets.length > 0 && secrets.every(verifies);
}
