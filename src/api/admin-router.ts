// What of the administration is not an endpoint: logging in and out, and the board of queues. An endpoint is called by
// somebody with a permission and answers with a value. A login is asked for by nobody yet, counts attempts before a body
// is read and refuses other sites' pages; it reads and sets cookies. The board is BullMQ's own app.

import { Router } from "express";
import type { Authenticator } from "./auth/authenticator.ts";
import { boardRouter } from "./board/board-router.ts";
import type { ApiContext } from "./context.ts";
import type { BodyReader } from "./http/read-body.ts";
import { createLogin } from "./login/log-in.ts";
import { createLoginLimits } from "./login/login-limits.ts";
import { loginRouter } from "./login/login-router.ts";
import { sessionRouter } from "./login/session-router.ts";

/**
 * The routes `/api/v1/session`, `/admin/login`, `/admin/logout` and `/admin/queues`, to be mounted at the
 * root.
 */
export function adminRouter(context: ApiContext, auth: Authenticator, bodies: BodyReader): Router {
  const login = createLogin(context);
  // Both ways to log in share the limits: neither gives a second round of guesses.
  const limits = createLoginLimits();
  const router = Router({ caseSensitive: true });
  router.use("/api/v1", sessionRouter(context, { auth, login, limits, bodies }));
  router.use(loginRouter(context, { auth, login, limits, bodies }));
  router.use(boardRouter(context, auth));
  return router;
}
