// Deletes the resource that a page shows: asks first, leads back to its list, and keeps a refusal for the page.

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "react-router";
import { confirm } from "../forms/confirm.tsx";
import { notifyDone } from "../forms/notify.tsx";
import { ApiProblem, toProblem } from "../http/api-problem.ts";
import { send } from "../http/request.ts";

/** What is to be deleted, once it is known. */
export type Removal = {
  /** Its address below `/api/v1`. */
  readonly path: string;
  /** The version that the reader has seen; a newer one is not deleted. */
  readonly version: number;
  readonly name: string;
  /** What deleting it means. */
  readonly consequence: string;
};

/** How deleting goes. */
export type RemovalState = {
  readonly ask: (removal: Removal) => void;
  readonly isRemoving: boolean;
  readonly problem: ApiProblem | null;
};

/** `list` is the page to go to afterwards; `keys` begin the queries that are outdated then. */
export function useRemoval(list: string, keys: readonly string[]): RemovalState {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const { mutate, isPending, error } = useMutation({
    mutationFn: ({ path, version }: Removal) => send({ method: "DELETE", path, version }),
    onSuccess: async (_nothing, { name }) => {
      await navigate(list);
      for (const key of keys) queryClient.removeQueries({ queryKey: [key, "one"] });
      for (const key of keys) void queryClient.invalidateQueries({ queryKey: [key] });
      notifyDone(`${name} is deleted.`);
    },
    onError: (refusal) => {
      if (!isStale(refusal)) return;
      for (const key of keys) void queryClient.invalidateQueries({ queryKey: [key] });
    },
  });
  return {
    ask: (removal) =>
      confirm({
        title: `Delete ${removal.name}?`,
        text: removal.consequence,
        verb: "Delete",
        onYes: () => mutate(removal),
      }),
    isRemoving: isPending,
    problem: error === null ? null : isStale(error) ? changedMeanwhile : toProblem(error),
  };
}

function isStale(error: unknown): boolean {
  return error instanceof ApiProblem && error.kind === "stale-version";
}

const changedMeanwhile = new ApiProblem(412, {
  title: "Somebody else has changed this",
  detail:
    "Nothing was deleted. This page now shows the changes. Delete it again if you still want to.",
});
