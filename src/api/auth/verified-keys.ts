// A cache of verified keys, so that an order needs no query to authenticate it. It is not used while the process can't
// be notified of changes of keys, and keeps no key longer than a minute, or beyond its end.

import type { Actor } from "./actor.ts";

/** Actors by the digest of their whole key. */
export type VerifiedKeys = {
  /** Resolves with the actor of a key, cached or from `look`. A key without an actor is not cached. */
  get(digest: string, look: Look): Promise<Actor | null>;
  /** Empties the cache; to be called after each change of access. */
  forgetAll(): void;
};

/** A key that was found in the database. */
export type VerifiedKey = {
  readonly actor: Actor;
  /** In how many milliseconds the key expires; null if it has no end. */
  readonly endsInMs: number | null;
};

type Look = () => Promise<VerifiedKey | null>;

/** When the cache may be used, and its size. */
export type VerifiedKeysOptions = {
  /** Whether the process is being notified of changes. */
  readonly isListening: () => boolean;
  readonly now?: () => number;
  readonly entriesMax?: number;
};

type Entry = { readonly actor: Promise<Actor | null>; until: number };

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
    const asked = now();
    const found = look().then((verified) => {
      // Counted from the question, so the entry ends before the key does, and the database has the last word.
      entry.until = Math.min(entry.until, asked + (verified?.endsInMs ?? keepMs));
      return verified?.actor ?? null;
    });
    const entry: Entry = { actor: found, until: asked + keepMs };
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
      const actor = await found;
      if (actor === null) forget();
      return actor;
    } catch (error) {
      forget();
      throw error;
    }
  };

  return {
    get(digest, look) {
      if (!isListening()) return look().then((verified) => verified?.actor ?? null);
      const known = entries.get(digest);
      return known !== undefined && known.until > now() ? known.actor : lookAndKeep(digest, look);
    },
    forgetAll() {
      entries.clear();
    },
  };
}
