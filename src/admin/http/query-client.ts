// The query cache: when data is read again, when a read is retried, and what happens if the session has ended.

import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { ApiProblem } from "./api-problem.ts";

const attemptsMax = 3;

/**
 * Creates the cache. `onLoggedOut` is called if any request gets a 401. If a read gets a 403, the person's
 * permissions have changed, so the session is read again.
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
      // Without a network, a request fails at once, so that the person sees it and can try again.
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

/** Whether the same request may succeed soon. */
function isPassing(error: unknown): boolean {
  return error instanceof ApiProblem && (error.status === 0 || error.status >= 500);
}
