// The cache of what was read: how fresh it is kept, when reading is tried again, and what happens when the
// session has ended meanwhile.

import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { ApiProblem } from "./api-problem.ts";

const attemptsMax = 3;

/**
 * Creates the cache. `onLoggedOut` is called when any request is answered with 401. A reading that is refused
 * with 403 means that the reader's permissions are others by now, so the session is read again.
 */
export function createQueryClient(onLoggedOut: () => void): QueryClient {
  const onError = (error: unknown): void => {
    if (error instanceof ApiProblem && error.status === 401) onLoggedOut();
  };
  const client = new QueryClient({
    queryCache: new QueryCache({
      onError(error) {
        onError(error);
        if (error instanceof ApiProblem && error.status === 403) {
          void client.invalidateQueries({ queryKey: ["session"] });
        }
      },
    }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      // Without a network, a request is not kept for later: it fails at once, which is said, and may be repeated.
      mutations: { networkMode: "always" },
      queries: {
        networkMode: "always",
        refetchOnReconnect: true,
        staleTime: 5_000,
        retry: (failures, error) => failures + 1 < attemptsMax && isPassing(error),
      },
    },
  });
  return client;
}

/** Whether the same request may well succeed shortly. */
function isPassing(error: unknown): boolean {
  return error instanceof ApiProblem && (error.status === 0 || error.status >= 500);
}
