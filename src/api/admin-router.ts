// The routes of the administration that are not endpoints: login, logout and the queue board. An endpoint needs a
// permission and answers with a value. A login needs none, counts attempts before it reads a body, and sets cookies.
// The board is an Express app of its own, by Bull Board.

import { Router } from "express";
import { boardRouter } from "./board/board-router.ts";
import type { ApiContext } from "./context.ts";
import { createLogin } from "./login/log-in.ts";
import { createLoginLimits } from "./login/login-limits.ts";
import type { LoginParts } from "./login/login-parts.ts";
import { loginRouter } from "./login/login-router.ts";
import { sessionRouter } from "./login/session-router.ts";

/** The routes `/api/v1/session`, `/admin/login`, `/admin/logout` and `/admin/queues`; mount it at the root. */
export function adminRouter(
  context: ApiContext,
  shared: Pick<LoginParts, "auth" | "bodies" | "logRefusal">,
): Router {
  // Both ways to log in share the limits, so that the second gives no additional guesses.
  const limits = createLoginLimits();
  const parts = { ...shared, login: createLogin(context), limits };
  const router = Router({ caseSensitive: true });
  router.use("/api/v1", sessionRouter(context, parts));
  router.use(loginRouter(context, parts));
  router.use(boardRouter(context, shared));
  return router;
}
