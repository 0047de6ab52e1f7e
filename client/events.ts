// Follows the events of the service, in their order, for as long as the reader wants.

import { TallymanProblem, TallymanUnreachable } from "./problem.ts";
import { replyWith, sendFor } from "./replies.ts";
import { isPassing, pauseMs } from "./retry.ts";
import { namedEach, pause, type Send } from "./send.ts";
import type { TallymanEvent } from "./types.ts";

/** Which events to follow. */
export type EventOptions = {
  /** The place after which to begin: the id of the last event that was processed, or `latest`; the oldest if left out. */
  readonly after?: string | undefined;
  /** Only events of these types. */
  readonly types?: readonly string[] | undefined;
  /** Only events about these SKUs. */
  readonly skus?: readonly string[] | undefined;
  /** Ends the iteration: it rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
};

/** Events as they happen. */
export type EventFeed = AsyncIterableIterator<TallymanEvent> & {
  /**
   * The place to store once the last event has been processed, together with what was made of it; null before the
   * first. If events are selected, it moves on while none of them happens.
   */
  readonly place: string | null;
};

/** A page of events. `place` is up to where it was looked. */
type Page = {
  readonly data: readonly TallymanEvent[];
  readonly nextCursor: string | null;
  readonly place?: string;
};

const isPage = replyWith<Page>("data", "nextCursor");

/** For how many seconds the service waits for an event. Proxies often cut a connection after 30 or 60. */
const waitSeconds = 25;

/** An empty page that came sooner, in milliseconds, comes from a service that stops: the next request waits so long. */
const hurriedMs = 1_000;

/** Creates the feed. It asks the service when the first event is awaited. */
export function followEvents(send: Send, options: EventOptions): EventFeed {
  let place = options.after === "latest" ? null : (options.after ?? null);
  const events = readEvents(send, options, (reached) => {
    place = reached;
  });
  return {
    get place() {
      return place;
    },
    next: () => events.next(),
    return: () => events.return(undefined),
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

async function* readEvents(
  send: Send,
  { after, types = [], skus = [], signal }: EventOptions,
  reach: (place: string) => void,
): AsyncGenerator<TallymanEvent, undefined> {
  const selected = [...namedEach("type", types), ...namedEach("sku", skus)];
  let place = after;
  for (;;) {
    // The latest place is asked for without a wait: a wait that breaks off would lose the events that came meanwhile.
    const wait = place === "latest" ? 0 : waitSeconds;
    const from = namedEach("after", place === undefined ? [] : [place]);
    const query = new URLSearchParams([...from, ["wait", String(wait)], ...selected]);
    const askedAt = performance.now();
    const page = await readPage(send, `/events?${query}`, wait, signal);
    for (const event of page.data) {
      signal?.throwIfAborted();
      place = event.id;
      reach(event.id);
      yield event;
    }
    const reached = page.place ?? page.nextCursor;
    if (reached !== null && reached !== undefined) {
      place = reached;
      reach(reached);
    }
    const isHurried = wait > 0 && performance.now() - askedAt < hurriedMs;
    if (page.data.length === 0 && isHurried) await pause(hurriedMs, signal);
  }
}

/** Reads a page, however often the service has to be asked. Rejects if it refuses the request. */
async function readPage(
  send: Send,
  path: string,
  wait: number,
  signal: AbortSignal | undefined,
): Promise<Page> {
  const request = { method: "GET", path, waitSeconds: wait, signal, retries: 0 } as const;
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await sendFor(send, request, isPage);
    } catch (error) {
      const passes =
        error instanceof TallymanProblem
          ? isPassing(error.status)
          : error instanceof TallymanUnreachable;
      if (!passes) throw error;
      await pause(pauseMs(attempt, 0, Math.random()), signal);
    }
  }
}
