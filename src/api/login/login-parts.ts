// What the login routes share, and how they read the body of an unauthenticated request.

import type { RequestHandler } from "express";
import type { RefusalLog } from "../auth/access-log.ts";
import type { Authenticator } from "../auth/authenticator.ts";
import type { BodyFormat, BodyReader } from "../http/read-body.ts";
import type { Login } from "./log-in.ts";
import type { LoginLimits } from "./login-limits.ts";

/** The parts that are created once for all login routes. */
export type LoginParts = {
  readonly auth: Authenticator;
  readonly login: Login;
  /** Shared by all login routes, so that a second route gives no extra guesses. */
  readonly limits: LoginLimits;
  readonly bodies: BodyReader;
  readonly logRefusal: RefusalLog;
};

/** The largest body of a login, in bytes, also after decompression. It is small, because anybody can send one. */
const loginBytesMax = 10_000;

const keep = async (body: unknown): Promise<unknown> => body;

/** Sets `request.body` for the next handlers. A body of another content type is ignored. */
export function takeLoginBody(bodies: BodyReader, format: BodyFormat): RequestHandler {
  return async (request, response, next) => {
    request.body = request.is(format.contentType)
      ? await bodies.withBody({ request, response }, format, loginBytesMax, keep)
      : undefined;
    next();
  };
}
