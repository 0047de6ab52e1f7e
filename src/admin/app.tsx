// Puts the app together: theme, cache, dialogs, notices and routes.

import { MantineProvider } from "@mantine/core";
import { ModalsProvider } from "@mantine/modals";
import { Notifications } from "@mantine/notifications";
import { QueryClientProvider } from "@tanstack/react-query";
import { createBrowserRouter, RouterProvider } from "react-router";
import { createQueryClient } from "./http/query-client.ts";
import { routes } from "./routes.tsx";
import { styleNonce } from "./parts/style-nonce.ts";
import { leaveForLogin } from "./session/leave-for-login.ts";
import { cssVariables, theme } from "./theme.ts";

const queryClient = createQueryClient(leaveForLogin);
const router = createBrowserRouter(routes, { basename: "/admin" });

/** The whole app. */
export function App() {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      defaultColorScheme="auto"
      getStyleNonce={() => styleNonce}
    >
      <QueryClientProvider client={queryClient}>
        <ModalsProvider labels={{ confirm: "Yes", cancel: "Cancel" }}>
          {/* Clicks go through a notice to the page below, and a mouse over it does not keep it open. */}
          <Notifications
            position="top-center"
            containerWidth={420}
            limit={3}
            style={{ pointerEvents: "none" }}
          />
          <RouterProvider router={router} />
        </ModalsProvider>
      </QueryClientProvider>
    </MantineProvider>
  );
}
