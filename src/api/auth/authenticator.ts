// Authenticates requests, by an API key or by a person's session.

import { timingSafeEqual } from "node:crypto";
import type { Request } from "express";
import type { Pool } from "pg";
import type { ApiSettings } from "../context.ts";
import { findApiKey } from "../../db/access/find-api-key.ts";
import { findSession, type SessionUser } from "../../db/access/find-session.ts";
import type { Permission } from "../../domain/access/permissions.ts";
import { withAdvice } from "../http/advised-error.ts";
import { Problem } from "../http/problem.ts";
import { noteRateLimit } from "../http/rate-limit.ts";
import type { Authenticate } from "../http/router.ts";
import { noteActor } from "./access-log.ts";
import type { Actor } from "./actor.ts";
import { digestOfApiKey, hashApiKey, prefixOfApiKey } from "./api-key.ts";
import { refuseCrossSiteWrite } from "./cross-site.ts";
import { createRequestBudget } from "./request-budget.ts";
import { hashSessionToken, readSessionToken, sessionLimits } from "./session-cookie.ts";
import type { NoteUse } from "./last-uses.ts";
import { createVerifiedKeys } from "./verified-keys.ts";

/** The parts that an authenticator needs. */
export type AuthenticatorOptions = {
  readonly config: Pick<ApiSettings, "REQUESTS_PER_SECOND_PER_KEY">;
  readonly pool: Pool;
  readonly publicUrl: () => string;
  /** Whether this process is connected to `channels.accessChanged`, and so is notified of changes of access. */
  readonly isListening: () => boolean;
  /** Told when a key is looked up, which is about once a minute while it is in use. */
  readonly noteUse: NoteUse;
};

/** Identifies callers. */
export type Authenticator = {
  readonly authenticate: Authenticate;
  /** Resolves with the person whose session a request carries, or with null. */
  readonly sessionUser: (request: Request) => Promise<SessionUser | null>;
  /** The hash of the token of a request's session, whether that is valid or not; null if it carries none. */
  readonly sessionHash: (request: Request) => Buffer | null;
  /**
   * Empties the cache of keys. Call it after a notification of a change of access, when notifications may have been
   * missed, and after a change that this process made.
   */
  readonly onAccessChanged: () => void;
};

const nothing: ReadonlySet<Permission> = new Set();

/** Creates the authenticator of one process. */
export function createAuthenticator(options: AuthenticatorOptions): Authenticator {
  const { config, pool, publicUrl, isListening, noteUse } = options;
  const verified = createVerifiedKeys({ isListening });
  const budget = createRequestBudget(config.REQUESTS_PER_SECOND_PER_KEY);

  const actorOfKey = async (request: Request, key: string): Promise<Actor | null> => {
    const prefix = prefixOfApiKey(key);
    if (prefix === null) return null;
    const actor = await verified.get(digestOfApiKey(key), async () => {
      const found = await orAdvised(findApiKey(pool, prefix));
      if (found === null || !isSame(found.secretHash, hashApiKey(key))) return null;
      noteUse(found.id);
      const { id, name, scopes, endsInMs } = found;
      return { actor: { kind: "key", id, label: `key:${name}`, permissions: scopes }, endsInMs };
    });
    if (actor === null) return null;
    const { waitSeconds, left } = budget.take(actor.id, Date.now());
    noteLeft(request, config.REQUESTS_PER_SECOND_PER_KEY, left);
    if (waitSeconds > 0) throw beyondBudget(request, actor, waitSeconds);
    return actor;
  };

  const findUser = (token: string): Promise<SessionUser | null> =>
    orAdvised(findSession(pool, hashSessionToken(token), sessionLimits));

  const sessionUser = async (request: Request): Promise<SessionUser | null> => {
    const token = readSessionToken(request, publicUrl());
    return token === null ? null : findUser(token);
  };

  const actorOfSession = async (request: Request): Promise<Actor | null> => {
    const token = readSessionToken(request, publicUrl());
    const user = token === null ? null : await findUser(token);
    if (token === null || user === null) return null;
    const label = `user:${user.email}`;
    noteEarly(request, { label });
    refuseCrossSiteWrite(request, publicUrl());
    return {
      kind: "user",
      id: user.id,
      session: hashSessionToken(token),
      label,
      mustChangePassword: user.mustChangePassword,
      permissions: user.mustChangePassword ? nothing : user.permissions,
    };
  };

  return {
    // Not async: every order is authenticated here, and each additional promise costs it time.
    authenticate(request) {
      const { authorization } = request.headers;
      if (authorization === undefined) return actorOfSession(request);
      const key = /^Bearer +(\S{1,300})$/i.exec(authorization)?.[1];
      return key === undefined ? Promise.resolve(null) : actorOfKey(request, key);
    },
    sessionUser,
    sessionHash(request) {
      const token = readSessionToken(request, publicUrl());
      return token === null ? null : hashSessionToken(token);
    },
    onAccessChanged: () => verified.forgetAll(),
  };
}

/** Adds the advice that nothing was done: a request is authenticated before anything else. */
async function orAdvised<T>(lookUp: Promise<T>): Promise<T> {
  try {
    return await lookUp;
  } catch (error) {
    throw withAdvice(error, "Nothing was done yet. Send the same request again shortly.");
  }
}

function isSame(stored: Buffer, given: Buffer): boolean {
  return stored.length === given.length && timingSafeEqual(stored, given);
}

/** Notes the actor of a request that may be refused before its handler knows them. */
function noteEarly({ res: response }: Request, actor: Pick<Actor, "label">): void {
  if (response !== undefined) noteActor(response, actor);
}

/** A bucket fills in a second, so that all of it is left again a second later, however little is left. */
function noteLeft({ res: response }: Request, quota: number, left: number): void {
  if (response === undefined) return;
  noteRateLimit(response, { name: "key", quota, windowSeconds: 1, left, fullInSeconds: 1 });
}

function beyondBudget(request: Request, actor: Actor, waitSeconds: number): Problem {
  noteEarly(request, actor);
  return new Problem(
    "too-many-requests",
    `This key sends more requests than REQUESTS_PER_SECOND_PER_KEY allows. Send the same request again in ${waitSeconds} s.`,
    { headers: { "Retry-After": String(waitSeconds) } },
  );
}
