// Programs that follow the feed in each way that there is, through whatever happens to the service. Each goes on from the
// last place that it has taken.

import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "vitest";
import * as z from "zod";
import { createClient } from "../../client/client.ts";
import { type Lab, labKey } from "../../tools/lab/lab.ts";
import { createFeedCopy, type FeedCopy, readLastPlace } from "./feed-copy.ts";

/** A program that follows the feed. */
export type FeedReader = {
  readonly name: string;
  readonly copy: FeedCopy;
  /** How often it had to ask again because an answer failed, broke off or did not come. */
  failures(): number;
  /** Why it had to, the last time. */
  lastFailure(): string;
  stop(): Promise<void>;
};

/** Follows until `signal` is aborted. Rejects if the service has to be asked again. */
type Follow = (copy: FeedCopy, signal: AbortSignal) => Promise<void>;

/** An answer that no fault of the network or of a process explains. */
class WrongAnswer extends Error {}

const pauseMs = 200;

/** Keeps following until the reader is stopped. */
function startReader(name: string, follow: Follow): FeedReader {
  const copy = createFeedCopy();
  const stopped = new AbortController();
  let failures = 0;
  let lastFailure = "no failure";
  const running = (async () => {
    while (!stopped.signal.aborted) {
      try {
        await follow(copy, stopped.signal);
      } catch (error) {
        if (stopped.signal.aborted) return;
        if (error instanceof WrongAnswer || error instanceof z.ZodError) {
          copy.broken.push(error.message);
        }
        failures += 1;
        lastFailure = `${new Date().toISOString()} ${String(error)}`;
        await sleep(pauseMs);
      }
    }
  })();
  return {
    name,
    copy,
    failures: () => failures,
    lastFailure: () => lastFailure,
    async stop() {
      stopped.abort(new Error("stopped"));
      await running;
    },
  };
}

/** Asks for events. Rejects unless they are answered. */
async function ask(
  url: string,
  query: string,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<Response> {
  const response = await fetch(new URL(`/api/v1/events${query}`, url), {
    headers: { authorization: `Bearer ${labKey}`, ...headers },
    signal,
  });
  const { status } = response;
  if (status === 200) return response;
  const message = `Expected events; got ${status}: ${await response.text()}.`;
  throw status === 503 ? new Error(message) : new WrongAnswer(message);
}

const pageSchema = z.object({ data: z.array(z.unknown()), place: z.string() });

/** Asks for page after page, and waits up to five seconds for each. */
export const readPages = (url: string): FeedReader =>
  startReader("pages", async (copy, signal) => {
    const late = AbortSignal.any([signal, AbortSignal.timeout(10_000)]);
    const query = `?after=${copy.place()}&wait=5&limit=50`;
    const response = await ask(url, query, {}, late);
    const { data } = pageSchema.parse(await response.json());
    for (const event of data) copy.take(event);
  });

/** A stream says at least every 15 seconds that it is there. One that says nothing for so long is dead. */
const silentMsMax = 20_000;

/** Follows server-sent events, and goes on with `Last-Event-ID` as a browser does. */
export const readStream = (url: string): FeedReader => {
  let lastEventId: string | undefined;
  return startReader("stream", async (copy, signal) => {
    const dead = new AbortController();
    let timer = setTimeout(() => dead.abort(), silentMsMax);
    try {
      const from = lastEventId === undefined ? {} : { "last-event-id": lastEventId };
      const headers = { accept: "text/event-stream", ...from };
      const response = await ask(url, "", headers, AbortSignal.any([signal, dead.signal]));
      let text = "";
      for await (const piece of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
        clearTimeout(timer);
        timer = setTimeout(() => dead.abort(), silentMsMax);
        const messages = (text + piece).split("\n\n");
        // The last one has not ended. If the stream breaks off, it does not count.
        text = messages.pop() ?? "";
        for (const message of messages) {
          const data = /^data: (.*)$/m.exec(message)?.[1];
          if (data !== undefined) copy.take(JSON.parse(data));
          lastEventId = /^id: (.*)$/m.exec(message)?.[1] ?? lastEventId;
        }
      }
    } finally {
      clearTimeout(timer);
    }
  });
};

/** Follows with the client's iterator. */
export const readWithClient = (url: string): FeedReader =>
  startReader("client", async (copy, signal) => {
    const client = createClient({ url, key: labKey, timeoutMs: 3_000 });
    const place = copy.place();
    const from = place === "0" ? {} : { after: place };
    for await (const event of client.events({ ...from, signal })) copy.take(event);
  });

/** How long a reader may need to read on, in milliseconds. */
const patience = { timeout: 150_000, interval: 50 };

/** Resolves when all readers have got what was committed when this was called, and something more. */
export async function allReadOn({ postgres }: Lab, readers: readonly FeedReader[]): Promise<void> {
  const now = await readLastPlace(postgres);
  const behind = () =>
    readers.flatMap(({ name, copy, lastFailure }) =>
      BigInt(copy.place()) > now ? [] : [`${name} at ${copy.place()}: ${lastFailure()}`],
    );
  await expect.poll(behind, { ...patience, message: `all read on after ${now}` }).toEqual([]);
}

/** Resolves when all readers are at the last place. Nothing more may happen. */
export async function allCaughtUp(
  { postgres }: Lab,
  readers: readonly FeedReader[],
): Promise<void> {
  const end = await readLastPlace(postgres);
  const places = () => readers.map(({ copy }) => BigInt(copy.place()));
  await expect.poll(places, patience).toEqual(readers.map(() => end));
}
