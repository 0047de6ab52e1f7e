// A browser as far as logins need one: it keeps the session cookie and says which page a request is from.

import { testAccess } from "./service.ts";

/** Somebody who is logged in. */
export type LoggedIn = {
  /** The Cookie header. */
  readonly cookie: string;
  /** The Set-Cookie header that the login was answered with. */
  readonly setCookie: string;
};

/** Sends credentials as the admin app does. */
export function postSession(
  url: string,
  { email, password }: { readonly email: string; readonly password: string },
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  return fetch(`${url}/api/v1/session`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: url, ...headers },
    body: JSON.stringify({ email, password }),
  });
}

/** Logs somebody in, the test's administrator where nobody is named. Throws where that fails. */
export async function logIn(
  url: string,
  credentials = { email: testAccess.adminEmail, password: testAccess.adminPassword },
): Promise<LoggedIn> {
  const response = await postSession(url, credentials);
  const [setCookie = ""] = response.headers.getSetCookie();
  const [cookie = ""] = setCookie.split(";");
  if (response.status !== 204) throw new Error(`The login was answered with ${response.status}.`);
  return { cookie, setCookie };
}

/** Sends a request with a session, from a page of the service itself. */
export function sendAs(
  url: string,
  { cookie }: LoggedIn,
  method: string,
  path: string,
  body?: unknown,
): Promise<Response> {
  return fetch(`${url}${path}`, {
    method,
    redirect: "manual",
    headers: {
      cookie,
      origin: url,
      "sec-fetch-site": "same-origin",
      ...(body === undefined ? {} : { "content-type": "application/json" }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}
