// Deletes the resource that a page shows: asks for confirmation, goes back to the list, and returns a problem to the
// page.

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "react-router";
import { confirm } from "../forms/confirm.tsx";
import { notifyDone } from "../forms/notify.tsx";
import { ApiProblem, toProblem } from "../http/api-problem.ts";
import { send } from "../http/request.ts";
import { shared } from "../words/en/shared.ts";
import { settings } from "../words/en/settings/shared.ts";

/** What the dialog asks, what it says of the effect, and what is said when the resource is deleted. */
type RemovalWords = {
  readonly title: string;
  readonly consequence: string;
  readonly done: string;
};

/** The resource to delete. */
export type Removal = {
  /** Its address below `/api/v1`. */
  readonly path: string;
  /** The version that the page shows. A newer version is not deleted. */
  readonly version: number;
  readonly words: RemovalWords;
};

/** The state of a deletion, and how to start one. */
export type RemovalState = {
  readonly ask: (removal: Removal) => void;
  readonly isRemoving: boolean;
  readonly problem: ApiProblem | null;
};

/** `list` is the page to go to afterwards; `keys` are the first parts of the query keys to invalidate. */
export function useRemoval(list: string, keys: readonly string[]): RemovalState {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const { mutate, isPending, error } = useMutation({
    mutationFn: ({ path, version }: Removal) => send({ method: "DELETE", path, version }),
    onSuccess: async (_nothing, { words }) => {
      await navigate(list);
      for (const key of keys) queryClient.removeQueries({ queryKey: [key, "one"] });
      for (const key of keys) void queryClient.invalidateQueries({ queryKey: [key] });
      notifyDone(words.done);
    },
    onError: (refusal) => {
      if (!isStale(refusal)) return;
      for (const key of keys) void queryClient.invalidateQueries({ queryKey: [key] });
    },
  });
  return {
    ask: (removal) =>
      confirm({
        title: removal.words.title,
        text: removal.words.consequence,
        verb: shared.delete,
        onYes: () => mutate(removal),
      }),
    isRemoving: isPending,
    problem: error === null ? null : isStale(error) ? changedMeanwhile : toProblem(error),
  };
}

function isStale(error: unknown): boolean {
  return error instanceof ApiProblem && error.kind === "stale-version";
}

const changedMeanwhile = new ApiProblem(412, settings.changedMeanwhile);
