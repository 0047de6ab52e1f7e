// What the routes of the login share, and how they read the body of somebody who is not known yet.

import type { RequestHandler } from "express";
import type { Authenticator } from "../auth/authenticator.ts";
import type { BodyFormat, BodyReader } from "../http/read-body.ts";
import type { Login } from "./log-in.ts";
import type { LoginLimits } from "./login-limits.ts";

/** The parts that are made once for all ways to log in. */
export type LoginParts = {
  readonly auth: Authenticator;
  readonly login: Login;
  /** Shared by all ways to log in: none gives a second round of guesses. */
  readonly limits: LoginLimits;
  readonly bodies: BodyReader;
};

/** The largest body of a login, in bytes. Anybody may send one, so it is small, decompressed as well. */
const loginBytesMax = 10_000;

const keep = async (body: unknown): Promise<unknown> => body;

/** Puts the body into `request.body`, for the handlers that follow. A body of another kind is none. */
export function takeLoginBody(bodies: BodyReader, format: BodyFormat): RequestHandler {
  return async (request, response, next) => {
    request.body = request.is(format.contentType)
      ? await bodies.withBody({ request, response }, format, loginBytesMax, keep)
      : undefined;
    next();
  };
}
