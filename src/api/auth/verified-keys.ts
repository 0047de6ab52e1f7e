// The keys that were verified a moment ago, so that an order need not ask the database who sends it. It
// keeps nothing while changes of keys can't be heard, and nothing for longer than a minute.

import type { Actor } from "./actor.ts";

/** Actors by the digest of their whole key. */
export type VerifiedKeys = {
  /** The actor of a key, from memory or by `look`. Only a found actor is kept. */
  get(digest: string, look: Look): Promise<Actor | null>;
  /** Forgets every key, as after any change of who may do what. */
  forgetAll(): void;
};

type Look = () => Promise<Actor | null>;

/** How the memory is bounded. */
export type VerifiedKeysOptions = {
  /** Whether changes are being heard just now. */
  readonly isListening: () => boolean;
  readonly now?: () => number;
  readonly entriesMax?: number;
};

type Entry = { readonly actor: Promise<Actor | null>; readonly until: number };

/** The longest that a revoked key could go on where a dead connection seems to listen still. */
const keepMs = 60_000;

/** Creates an empty memory. */
export function createVerifiedKeys(options: VerifiedKeysOptions): VerifiedKeys {
  const { isListening, now = Date.now, entriesMax = 10_000 } = options;
  const entries = new Map<string, Entry>();

  /**
   * The entry is made before the database is asked: a change that is heard while the answer is on its way
   * removes the entry, and the answer, which may be outdated, with it.
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
