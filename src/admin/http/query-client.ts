// The query cache: when data is read again, and when a read is retried.

import { QueryCache, QueryClient } from "@tanstack/react-query";
import { ApiProblem } from "./api-problem.ts";

const attemptsMax = 3;

/** Creates the cache. If a read gets a 403, the person's permissions have changed, so the session is read again. */
export function createQueryClient(): QueryClient {
  const client = new QueryClient({
    queryCache: new QueryCache({
      onError(error) {
        if (error instanceof ApiProblem && error.status === 403) {
          void client.invalidateQueries({ queryKey: ["session"] });
        }
      },
    }),
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
