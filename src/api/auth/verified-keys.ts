// A cache of verified keys, so that an order needs no query to authenticate it. It is not used while the process can't
// be notified of changes of keys, and keeps no key longer than a minute.

import type { Actor } from "./actor.ts";

/** Actors by the digest of their whole key. */
export type VerifiedKeys = {
  /** Resolves with the actor of a key, cached or from `look`. A key without an actor is not cached. */
  get(digest: string, look: Look): Promise<Actor | null>;
  /** Empties the cache; to be called after each change of access. */
  forgetAll(): void;
};

type Look = () => Promise<Actor | null>;

/** When the cache may be used, and its size. */
export type VerifiedKeysOptions = {
  /** Whether the process is being notified of changes. */
  readonly isListening: () => boolean;
  readonly now?: () => number;
  readonly entriesMax?: number;
};

type Entry = { readonly actor: Promise<Actor | null>; readonly until: number };

/** How long a revoked key could be accepted if the connection for notifications is dead and seems alive. */
const keepMs = 60_000;

/** Creates an empty cache. */
export function createVerifiedKeys(options: VerifiedKeysOptions): VerifiedKeys {
  const { isListening, now = Date.now, entriesMax = 10_000 } = options;
  const entries = new Map<string, Entry>();

  /**
   * Adds the entry before the query ends. A change during the query then removes the entry, so that a result which
   * may be outdated is not cached.
   */
  const lookAndKeep = async (digest: string, look: Look): Promise<Actor | null> => {
    const entry = { actor: look(), until: now() + keepMs };
    entries.delete(digest);
    if (entries.size >= entriesMax) {
      const [oldest] = entries.keys();
      if (oldest !== undefined) entries.delete(oldest);
    }
    entries.set(digest, entry);
    const forget = () => {
      if (entries.get(digest) === entry) entries.delete(digest);
    };
    try {
      const actor = await entry.actor;
      if (actor === null) forget();
      return actor;
    } catch (error) {
      forget();
      throw error;
    }
  };

  return {
    get(digest, look) {
      if (!isListening()) return look();
      const known = entries.get(digest);
      return known !== undefined && known.until > now() ? known.actor : lookAndKeep(digest, look);
    },
    forgetAll() {
      entries.clear();
    },
  };
}
