// Does the same to the chosen rows of a list, knows how it went, and reads again what it has changed.

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useSend } from "../forms/use-send.ts";
import { doMany, type DoOne, type ManyOutcome } from "./do-many.ts";
import type { RefusedItem } from "./refused-items.tsx";

type ManyOptions<Item, Answer> = DoOne<Item, Answer> & {
  /** The keys of the queries that are read again. */
  readonly refresh: readonly string[];
  readonly onDone?: (outcome: ManyOutcome<Item, Answer>) => void;
};

/** Creates the sender. */
export function useMany<Item, Answer>(options: ManyOptions<Item, Answer>) {
  const { act, nameOf, refresh, onDone } = options;
  const client = useQueryClient();
  const [refused, setRefused] = useState<readonly RefusedItem[]>([]);
  const { run, isSending, answer, reset } = useSend({
    send: async (items: readonly Item[]) => ({
      ...(await doMany(items, { act, nameOf })),
      all: items.length,
    }),
    onDone: async (outcome) => {
      setRefused(outcome.refused);
      onDone?.(outcome);
      await Promise.all(refresh.map((key) => client.invalidateQueries({ queryKey: [key] })));
    },
  });
  return {
    run,
    isSending,
    /** How it went; undefined before the first time and once it is closed. */
    outcome: answer,
    refused,
    clearRefused: () => setRefused([]),
    close: reset,
  };
}
