// Checks an address and a password, and begins, renews or ends a session. An unknown address, a wrong password and
// a disabled user look alike to the outside, in the answer and in the time it takes.

import { randomBytes } from "node:crypto";
import type { Request, Response } from "express";
import {
  beginSession,
  endSession,
  findLoginCandidate,
  type LoginCandidate,
  replacePassword,
  type SessionOrigin,
} from "../../db/access/sessions.ts";
import { checkCode } from "../../db/access/check-code.ts";
import { inTransaction } from "../../db/sql/transaction.ts";
import { type AccountEvent, logAccountEvent } from "../auth/access-log.ts";
import { readCode } from "../auth/one-time-codes.ts";
import { hashPassword, verifyPassword } from "../auth/password.ts";
import {
  createSessionToken,
  hashSessionToken,
  readSessionToken,
  sessionCookie,
  sessionCookieOptions,
  sessionLimits,
} from "../auth/session-cookie.ts";
import type { ApiContext } from "../context.ts";
import { accountNamed } from "./login-limits.ts";

/** What somebody logs in with. */
export type Credentials = {
  readonly email: string;
  readonly password: string;
  /** A code of the second factor, if it was sent along. */
  readonly code?: string | undefined;
};

/** Who is let in if the code is right, too. */
export type AwaitedLogin = {
  readonly userId: string;
  readonly email: string;
  readonly passwordHash: string;
};

/** What came of a login. */
export type LoginOutcome =
  | { readonly kind: "begun" | "refused" | "wrong-code" | "too-many-codes" }
  | { readonly kind: "code-awaited"; readonly login: AwaitedLogin };

/** Whose password is changed, and how. */
export type OwnPasswordChange = {
  readonly user: { readonly id: string; readonly email: string };
  readonly currentPassword: string;
  readonly newPassword: string;
};

/** Logging in and out. */
export type Login = {
  /** Begins a session and sets its cookie, if the credentials fit and no code is missing. */
  logIn(request: Request, response: Response, credentials: Credentials): Promise<LoginOutcome>;
  /** Begins the session of somebody whose password was right, if their code is, too. */
  completeLogin(
    request: Request,
    response: Response,
    login: AwaitedLogin,
    code: string,
  ): Promise<LoginOutcome>;
  /**
   * Sets a new password. Every session of the person ends, and a new one begins for the browser that asked. Resolves
   * with "ended", and changes nothing, if the session or the password was ended meanwhile.
   */
  changePassword(
    request: Request,
    response: Response,
    change: OwnPasswordChange,
  ): Promise<"changed" | "wrong-password" | "ended">;
  /** Ends the request's session, if it has one, and clears the cookie. */
  logOut(request: Request, response: Response): Promise<void>;
};

/** Creates the login of one process. */
export function createLogin(context: Pick<ApiContext, "pool" | "publicUrl" | "log">): Login {
  const { pool, publicUrl, log } = context;
  // What the password of an unknown address is compared with, so that it takes as long as a known one's.
  const decoy = hashPassword(randomBytes(24).toString("base64url"));
  decoy.catch(() => undefined);

  const setCookie = (request: Request, response: Response, token: string): void => {
    response.cookie(sessionCookie, token, {
      ...sessionCookieOptions(request, publicUrl()),
      maxAge: sessionLimits.absoluteHours * 3_600_000,
    });
  };

  const begin = async (
    request: Request,
    response: Response,
    { userId, email, passwordHash }: AwaitedLogin,
    isCodeRight: boolean,
  ): Promise<LoginOutcome> => {
    const token = createSessionToken();
    const former = readSessionToken(request);
    const session = {
      userId,
      passwordHash,
      isCodeRight,
      tokenHash: hashSessionToken(token),
      replaces: former === null ? null : hashSessionToken(former),
      origin: originOf(request),
    };
    const begun = await beginSession(pool, session, sessionLimits);
    if (begun) setCookie(request, response, token);
    const outcome = begun ? "success" : "ended-meanwhile";
    logAccountEvent(log, request, { event: "login", outcome, account: email });
    return { kind: begun ? "begun" : "refused" };
  };

  const completeLogin: Login["completeLogin"] = async (request, response, login, code) => {
    const given = readCode(code);
    const outcome = await inTransaction(pool, ({ sql }) => checkCode(sql, login.userId, given));
    if (outcome === "right") return begin(request, response, login, true);
    // Somebody has taken the second factor away meanwhile: the password alone does.
    if (outcome === "off") return begin(request, response, login, false);
    const kind = outcome === "wrong" ? "wrong-code" : "too-many-codes";
    logAccountEvent(log, request, { event: "login", outcome: kind, account: login.email });
    return { kind };
  };

  return {
    async logIn(request, response, { email, password, code }) {
      const candidate = await findLoginCandidate(pool, accountNamed(email));
      const matches = await verifyPassword(password, candidate?.passwordHash ?? (await decoy));
      if (candidate === null || !matches || !candidate.enabled) {
        const outcome = reasonAgainst(candidate, matches);
        logAccountEvent(log, request, { event: "login", outcome, account: email });
        return { kind: "refused" };
      }
      const login = { userId: candidate.id, email, passwordHash: candidate.passwordHash };
      if (!candidate.hasSecondFactor) return begin(request, response, login, false);
      if (code !== undefined) return completeLogin(request, response, login, code);
      logAccountEvent(log, request, { event: "login", outcome: "code-awaited", account: email });
      return { kind: "code-awaited", login };
    },
    completeLogin,
    async changePassword(request, response, { user, currentPassword, newPassword }) {
      const tell = (outcome: AccountEvent["outcome"]) => {
        const account = user.email;
        logAccountEvent(log, request, { event: "password-change", outcome, account });
      };
      const asked = readSessionToken(request);
      const candidate = await findLoginCandidate(pool, user.email);
      if (asked === null || candidate === null) {
        tell("ended-meanwhile");
        return "ended";
      }
      if (!(await verifyPassword(currentPassword, candidate.passwordHash))) {
        tell("wrong-password");
        return "wrong-password";
      }
      const token = createSessionToken();
      const change = {
        userId: user.id,
        verifiedHash: candidate.passwordHash,
        passwordHash: await hashPassword(newPassword),
        asked: hashSessionToken(asked),
        begins: hashSessionToken(token),
        origin: originOf(request),
      };
      if (!(await replacePassword(pool, change, sessionLimits))) {
        tell("ended-meanwhile");
        return "ended";
      }
      setCookie(request, response, token);
      tell("success");
      return "changed";
    },
    async logOut(request, response) {
      const token = readSessionToken(request);
      const account = token === null ? null : await endSession(pool, hashSessionToken(token));
      if (account !== null) {
        logAccountEvent(log, request, { event: "logout", outcome: "success", account });
      }
      response.clearCookie(sessionCookie, sessionCookieOptions(request, publicUrl()));
    },
  };
}

/** The longest description of a browser that is kept, in characters; none in use is longer by much. */
const userAgentCharactersMax = 300;

/** Where a request came from. What a client says that it is may be anything, so only printable ASCII is kept. */
function originOf(request: Request): SessionOrigin {
  const said = request.get("user-agent")?.replaceAll(/[^\x20-\x7e]/g, "") ?? "";
  return {
    address: request.ip ?? null,
    userAgent: said === "" ? null : said.slice(0, userAgentCharactersMax),
  };
}

/** Why a login failed, for the log alone: to the outside all failures look alike. */
function reasonAgainst(
  candidate: LoginCandidate | null,
  matches: boolean,
): AccountEvent["outcome"] {
  if (candidate === null) return "unknown-account";
  return matches ? "disabled" : "wrong-password";
}
