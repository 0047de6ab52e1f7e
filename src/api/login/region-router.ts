// The language and region of the person who is logged in: `/api/v1/session/region`. The session says what they are.

import { type RequestHandler, Router } from "express";
import { regionSchema } from "../../contract/region.ts";
import { saveRegion } from "../../db/access/save-region.ts";
import type { Authenticator } from "../auth/authenticator.ts";
import type { ApiContext } from "../context.ts";
import { parsePart } from "../http/validate.ts";
import { refuseMethod, requireSession } from "./require-user.ts";

/** The route. Mount it with `/session`. `takeJson` reads a body. */
export function regionRouter(
  { pool }: ApiContext,
  auth: Authenticator,
  takeJson: RequestHandler,
): Router {
  const router = Router({ caseSensitive: true });
  router
    .route("/session/region")
    .put(
      async (request, _response, next) => {
        await requireSession(auth, request);
        next();
      },
      takeJson,
      async (request, response) => {
        const { userId } = await requireSession(auth, request);
        const region = parsePart(regionSchema, request.body, "body");
        await saveRegion(pool, userId, region);
        response.json(region);
      },
    )
    .all(refuseMethod(auth, "PUT"));
  return router;
}
