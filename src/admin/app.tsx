// Puts the app together: theme, cache, dialogs, notices and routes.

import { MantineProvider } from "@mantine/core";
import { ModalsProvider } from "@mantine/modals";
import { Notifications } from "@mantine/notifications";
import { QueryClientProvider } from "@tanstack/react-query";
import { createBrowserRouter, RouterProvider } from "react-router";
import { createQueryClient } from "./http/query-client.ts";
import { networkIsThere } from "./http/connection.ts";
import { holdChangesAt, whenSessionEnds } from "./http/request.ts";
import { createPart } from "./parts/create-part.tsx";
import { routes } from "./routes.tsx";
import { styleNonce } from "./parts/style-nonce.ts";
import { resumeSession, useIsSessionEnded } from "./session/ended-session.ts";
import { leaveForLogin } from "./session/leave-for-login.ts";
import { sessionQuery } from "./session/session.ts";
import { cssVariables, theme } from "./theme.ts";
import { shell as text } from "./words/en/shell.ts";

const queryClient = createQueryClient();

/** Only few people ever see it, and it has a form. */
const SessionEnded = createPart(
  async () => (await import("./session/session-ended.tsx")).SessionEnded,
  { what: text.frame.login, whileLoading: null },
);

holdChangesAt(networkIsThere);
whenSessionEnds((isWanted) => {
  if (queryClient.getQueryData(sessionQuery.queryKey) !== undefined) return resumeSession(isWanted);
  // Nothing is shown yet that could be lost.
  leaveForLogin();
  return Promise.resolve(false);
});
const router = createBrowserRouter(routes, { basename: "/admin" });

/** The whole app. */
export function App() {
  const isSessionEnded = useIsSessionEnded();
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      defaultColorScheme="auto"
      getStyleNonce={() => styleNonce}
    >
      <QueryClientProvider client={queryClient}>
        <ModalsProvider labels={{ confirm: text.dialogs.confirm, cancel: text.dialogs.cancel }}>
          {/* Clicks go through a notice to the page below, and a mouse over it does not keep it open. */}
          <Notifications
            position="top-center"
            containerWidth={420}
            limit={3}
            style={{ pointerEvents: "none" }}
          />
          <RouterProvider router={router} />
          {isSessionEnded && <SessionEnded />}
        </ModalsProvider>
      </QueryClientProvider>
    </MantineProvider>
  );
}
