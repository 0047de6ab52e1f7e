// The routes of the administration that are not endpoints: login, logout and the queue board. An endpoint needs a
// permission and answers with a value. A login needs none, counts attempts before it reads a body, and sets cookies.
// The board is an Express app of its own, by Bull Board.

import { Router } from "express";
import type { Authenticator } from "./auth/authenticator.ts";
import { boardRouter } from "./board/board-router.ts";
import type { ApiContext } from "./context.ts";
import type { BodyReader } from "./http/read-body.ts";
import { createLogin } from "./login/log-in.ts";
import { createLoginLimits } from "./login/login-limits.ts";
import { loginRouter } from "./login/login-router.ts";
import { sessionRouter } from "./login/session-router.ts";

/** The routes `/api/v1/session`, `/admin/login`, `/admin/logout` and `/admin/queues`; mount it at the root. */
export function adminRouter(context: ApiContext, auth: Authenticator, bodies: BodyReader): Router {
  const login = createLogin(context);
  // Both ways to log in share the limits, so that the second gives no additional guesses.
  const limits = createLoginLimits();
  const router = Router({ caseSensitive: true });
  router.use("/api/v1", sessionRouter(context, { auth, login, limits, bodies }));
  router.use(loginRouter(context, { auth, login, limits, bodies }));
  router.use(boardRouter(context, auth));
  return router;
}
