// A proxy between one process and one store, which breaks the connection in the ways in which networks do.

import { once } from "node:events";
import { createConnection, createServer, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import * as z from "zod";

/** A running proxy. Faults hold until `heal`, but for `silenceOld` and those of one message. */
export type TcpProxy = {
  /** The address of the store as reached through the proxy. */
  readonly url: string;
  /** Leads new connections to another address, such as that of a store that was restarted. */
  leadTo(url: string): void;
  /** Connections that stand carry nothing any more, and neither end hears of it. Later ones work. */
  silenceOld(): void;
  /** Nothing is carried any more, on new connections either. */
  silenceAll(): void;
  /** Ends all connections with a reset. Later ones work. */
  reset(): void;
  /** Ends all connections with a reset, and each new one at once. */
  refuse(): void;
  /**
   * Everything that is sent arrives later, by so many milliseconds each way, or else on the way back. Node's timers count
   * whole milliseconds from 1, and are up to one late.
   */
  delay(ms: number, backMs?: number): void;
  /**
   * The next message to the store with these bytes never arrives: both connections end instead. Resolves when that has
   * happened.
   */
  loseMessage(text: string): Promise<void>;
  /** The store gets the next message with these bytes, and its answer never arrives. Resolves when that has happened. */
  loseAnswer(text: string): Promise<void>;
  /** Ends every fault. Connections that were silenced end, so that neither side keeps a dead one. */
  heal(): void;
  close(): void;
};

type Carried = { readonly client: Socket; readonly store: Socket; silent: boolean };
type Loss = { readonly text: string; readonly of: "message" | "answer"; readonly done: () => void };

/** Starts a proxy in front of the store at `url`. */
export async function startTcpProxy(url: string): Promise<TcpProxy> {
  let target = new URL(url);
  const open = new Set<Carried>();
  let losses: readonly Loss[] = [];
  let isSilent = false;
  let isRefusing = false;
  let delays = { toStore: 0, toClient: 0 };

  const cut = (pair: Carried): void => {
    open.delete(pair);
    pair.client.resetAndDestroy();
    pair.store.resetAndDestroy();
  };
  /** Sends the chunk and then the end of the connection, so that the store reads the chunk before it notices. */
  const loseAnswerOf = (pair: Carried, chunk: Buffer): void => {
    open.delete(pair);
    pair.client.resetAndDestroy();
    pair.store.end(chunk);
  };
  const takeLoss = (chunk: Buffer): Loss | undefined => {
    const loss = losses.find(({ text }) => chunk.includes(text));
    losses = losses.filter((other) => other !== loss);
    return loss;
  };
  /** Sends on, in order, whatever the delay. */
  const carry = (
    pair: Carried,
    from: Socket,
    to: Socket,
    way: keyof typeof delays,
    lose: (chunk: Buffer) => boolean,
  ): void => {
    let before = Promise.resolve();
    from.on("data", (chunk: Buffer) => {
      if (pair.silent || lose(chunk)) return;
      const delayMs = delays[way];
      if (delayMs === 0) {
        to.write(chunk);
        return;
      }
      const arrived = sleep(delayMs);
      before = before.then(async () => {
        await arrived;
        if (!pair.silent && !to.destroyed) to.write(chunk);
      });
    });
    from.on("error", () => undefined);
    from.on("close", () => {
      // The other end of a silent one hears of it when it is healed.
      if (pair.silent) return;
      open.delete(pair);
      void before.then(() => to.destroy());
    });
  };

  // Without Nagle's algorithm, which would hold back small messages: the programs at both ends switch it off, too.
  const server = createServer({ noDelay: true }, (client) => {
    if (isRefusing) {
      client.on("error", () => undefined);
      client.resetAndDestroy();
      return;
    }
    const store = createConnection({
      port: Number(target.port),
      host: target.hostname,
      noDelay: true,
    });
    const pair: Carried = { client, store, silent: isSilent };
    open.add(pair);
    carry(pair, client, store, "toStore", (chunk) => {
      const loss = takeLoss(chunk);
      if (loss === undefined) return false;
      if (loss.of === "answer") loseAnswerOf(pair, chunk);
      else cut(pair);
      if (store.destroyed) loss.done();
      else store.once("close", loss.done);
      return true;
    });
    carry(pair, store, client, "toClient", () => client.destroyed);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = z.object({ port: z.number() }).parse(server.address());
  const proxied = new URL(url);
  proxied.hostname = "127.0.0.1";
  proxied.port = String(port);

  const lose = (of: Loss["of"], text: string): Promise<void> =>
    new Promise((done) => {
      losses = [...losses, { text, of, done }];
    });
  const silenceOld = (): void => {
    for (const pair of open) pair.silent = true;
  };
  const reset = (): void => {
    for (const pair of open) cut(pair);
  };
  return {
    url: proxied.href,
    leadTo(other) {
      target = new URL(other);
    },
    silenceOld,
    silenceAll() {
      isSilent = true;
      silenceOld();
    },
    reset,
    refuse() {
      isRefusing = true;
      reset();
    },
    delay(ms, backMs = ms) {
      delays = { toStore: ms, toClient: backMs };
    },
    loseMessage: (text) => lose("message", text),
    loseAnswer: (text) => lose("answer", text),
    heal() {
      isSilent = false;
      isRefusing = false;
      delays = { toStore: 0, toClient: 0 };
      losses = [];
      for (const pair of open) if (pair.silent) cut(pair);
    },
    close() {
      server.close();
      reset();
    },
  };
}
