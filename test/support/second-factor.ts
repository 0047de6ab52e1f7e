// An app for codes, as people have on their phones.

import { Secret, TOTP } from "otpauth";
import * as z from "zod";
import { type LoggedIn, logIn, sendAs } from "./browser-like.ts";
import type { Person } from "./people.ts";
import type { TestService } from "./service.ts";

/** Somebody with a second factor. */
export type Guarded = {
  readonly person: Person;
  /** The session that turned it on. */
  readonly session: LoggedIn;
  readonly secret: string;
  readonly recoveryCodes: readonly string[];
};

/** The code that the app shows so many seconds from now. */
export function codeOf(secret: string, inSeconds = 0): string {
  return TOTP.generate({
    secret: Secret.fromBase32(secret),
    timestamp: Date.now() + inSeconds * 1_000,
  });
}

/** Begins to turn a second factor on, and answers with its secret. */
export async function prepareFactor(
  { url }: TestService,
  session: LoggedIn,
  { password }: Person,
): Promise<string> {
  const path = "/api/v1/session/second-factor";
  const reply = await sendAs(url, session, "POST", path, { currentPassword: password });
  return z.object({ secret: z.string() }).parse(await reply.json()).secret;
}

/** Turns on a second factor. The code that was needed for it counts again, so that a test need not wait for the next. */
export async function turnOnFactor(service: TestService, person: Person): Promise<Guarded> {
  const session = await logIn(service.url, person);
  const secret = await prepareFactor(service, session, person);
  const path = "/api/v1/session/second-factor";
  const reply = await sendAs(service.url, session, "PUT", path, { code: codeOf(secret) });
  const { recoveryCodes } = z
    .object({ recoveryCodes: z.array(z.string()) })
    .parse(await reply.json());
  await service.sql("update admin_second_factor set last_step = 0 where user_id = $1", [person.id]);
  return { person, session, secret, recoveryCodes };
}
