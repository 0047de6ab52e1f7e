// Checks an email and a password, and begins, renews or ends a session. An unknown email, a wrong password and a
// disabled user get the same reply after the same time.

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
import { recordSignIn } from "../../db/activity/record-sign-in.ts";
import { checkCode } from "../../db/access/check-code.ts";
import { sqlOn } from "../../db/sql/sql.ts";
import { inTransaction } from "../../db/sql/transaction.ts";
import { type AccountEvent, logAccountEvent } from "../auth/access-log.ts";
import { readCode } from "../auth/one-time-codes.ts";
import { hashPassword, verifyPassword } from "../auth/password.ts";
import {
  createSessionToken,
  hashSessionToken,
  readSessionToken,
  sessionCookieName,
  sessionCookieOptions,
  sessionLimits,
} from "../auth/session-cookie.ts";
import { type AccountMailContext, tellingOfPassword } from "../access/account-mails.ts";
import type { ApiContext } from "../context.ts";
import { accountNamed } from "./login-limits.ts";

/** The credentials of a login. */
export type Credentials = {
  readonly email: string;
  readonly password: string;
  /** The code of the second factor, if the request has one. */
  readonly code?: string | undefined;
};

/** A login whose password was right and whose code is still missing. */
export type AwaitedLogin = {
  readonly userId: string;
  readonly email: string;
  readonly passwordHash: string;
};

/** The outcome of a login. */
export type LoginOutcome =
  | { readonly kind: "begun" | "refused" | "wrong-code" | "too-many-codes" }
  | { readonly kind: "code-awaited"; readonly login: AwaitedLogin };

/** A change of one's own password. */
export type OwnPasswordChange = {
  readonly user: { readonly id: string; readonly email: string };
  readonly currentPassword: string;
  readonly newPassword: string;
};

/** Logs people in and out. */
export type Login = {
  /** Begins a session and sets its cookie, if the credentials are right and no code is missing. */
  logIn(request: Request, response: Response, credentials: Credentials): Promise<LoginOutcome>;
  /** Begins the session of somebody whose password was right, if the code is right, too. */
  completeLogin(
    request: Request,
    response: Response,
    login: AwaitedLogin,
    code: string,
  ): Promise<LoginOutcome>;
  /**
   * Sets a new password. Every session of the person ends, and a new one begins for this browser. Resolves with
   * "ended", and changes nothing, if the session or the password is no longer valid.
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
export function createLogin(context: AccountMailContext & Pick<ApiContext, "pool">): Login {
  const { pool, publicUrl, log } = context;
  // Compared with the password of an unknown email, so that the check takes as long as for a known one.
  const decoy = hashPassword(randomBytes(24).toString("base64url"));
  decoy.catch(() => undefined);

  const setCookie = (request: Request, response: Response, token: string): void => {
    response.cookie(sessionCookieName(request, publicUrl()), token, {
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
    const former = readSessionToken(request, publicUrl());
    const session = {
      account: { id: userId, email },
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
    const account = { id: login.userId, email: login.email };
    const outcome = await inTransaction(pool, async ({ sql }) => {
      const checked = await checkCode(sql, account.id, given);
      if (checked === "wrong" || checked === "too-many") {
        const reason = checked === "wrong" ? "wrong-code" : "too-many-codes";
        const address = request.ip ?? null;
        await recordSignIn(sql, { kind: "signIn.failed", account, address, reason });
      }
      return checked;
    });
    if (outcome === "right") return begin(request, response, login, true);
    // The second factor was turned off in the meantime, so the password is enough.
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
        await recordSignIn(sqlOn(pool), {
          kind: "signIn.failed",
          account: candidate,
          address: request.ip ?? null,
          reason: outcome,
        });
        return { kind: "refused" };
      }
      const { id: userId, passwordHash } = candidate;
      const login = { userId, email: candidate.email, passwordHash };
      if (!candidate.hasSecondFactor) return begin(request, response, login, false);
      if (code !== undefined) return completeLogin(request, response, login, code);
      logAccountEvent(log, request, { event: "login", outcome: "code-awaited", account: email });
      return { kind: "code-awaited", login };
    },
    completeLogin,
    async changePassword(request, response, { user, currentPassword, newPassword }) {
      const logOutcome = (outcome: AccountEvent["outcome"]) => {
        const account = user.email;
        logAccountEvent(log, request, { event: "password-change", outcome, account });
      };
      const asked = readSessionToken(request, publicUrl());
      const candidate = await findLoginCandidate(pool, user.email);
      if (asked === null || candidate === null) {
        logOutcome("ended-meanwhile");
        return "ended";
      }
      if (!(await verifyPassword(currentPassword, candidate.passwordHash))) {
        logOutcome("wrong-password");
        await recordSignIn(sqlOn(pool), {
          kind: "account.checkFailed",
          account: candidate,
          address: request.ip ?? null,
          reason: "wrong-password",
        });
        return "wrong-password";
      }
      const token = createSessionToken();
      const change = {
        account: { id: user.id, email: user.email },
        verifiedHash: candidate.passwordHash,
        passwordHash: await hashPassword(newPassword),
        asked: hashSessionToken(asked),
        begins: hashSessionToken(token),
        origin: originOf(request),
      };
      const isReplaced = await tellingOfPassword(context, "own", (notice) =>
        replacePassword(pool, change, sessionLimits, notice),
      );
      if (!isReplaced) {
        logOutcome("ended-meanwhile");
        return "ended";
      }
      setCookie(request, response, token);
      logOutcome("success");
      return "changed";
    },
    async logOut(request, response) {
      const token = readSessionToken(request, publicUrl());
      const account =
        token === null ? null : await endSession(pool, hashSessionToken(token), request.ip ?? null);
      if (account !== null) {
        logAccountEvent(log, request, { event: "logout", outcome: "success", account });
      }
      const name = sessionCookieName(request, publicUrl());
      response.clearCookie(name, sessionCookieOptions(request, publicUrl()));
    },
  };
}

/** The longest User-Agent that is stored, in characters. Few are longer. */
const userAgentCharactersMax = 300;

/**
 * Returns the address and the User-Agent of a request. Clients can send anything, so only printable ASCII is kept.
 */
function originOf(request: Request): SessionOrigin {
  const said = request.get("user-agent")?.replaceAll(/[^\x20-\x7e]/g, "") ?? "";
  return {
    address: request.ip ?? null,
    userAgent: said === "" ? null : said.slice(0, userAgentCharactersMax),
  };
}

/** Returns why a login failed, for the log and the record only: the reply is the same for all reasons. */
function reasonAgainst(
  candidate: LoginCandidate | null,
  matches: boolean,
): "unknown-account" | "disabled" | "wrong-password" {
  if (candidate === null) return "unknown-account";
  return matches ? "disabled" : "wrong-password";
}
