// Reads the mails about accounts that an SMTP receiver got, and uses their links.

import { vi } from "vitest";
import type { ReceivedMail } from "../../tools/lab/smtp-server.ts";

const patience = { timeout: 20_000, interval: 20 };

/** The mails that came for an address, in their order, once there are `count` of them. */
export async function mailsTo(
  { received }: { readonly received: readonly ReceivedMail[] },
  address: string,
  count: number,
): Promise<readonly ReceivedMail[]> {
  return vi.waitFor(() => {
    const found = received.filter(({ recipients }) => recipients.includes(address));
    if (found.length < count) {
      throw new Error(`Expected ${count} mails to ${address}; got ${found.length}.`);
    }
    return found;
  }, patience);
}

/** The one-time token in a mail. Throws if its text and its HTML differ, or have none. */
export function tokenIn(mail: ReceivedMail | undefined): string {
  const form = /\/admin\/login\/password\?token=([\w-]+)/;
  const token = form.exec(mail?.parsed.text ?? "")?.[1] ?? "";
  const html = mail?.parsed.html;
  const inHtml = typeof html === "string" ? form.exec(html)?.[1] : undefined;
  if (token.length !== 43 || token !== inHtml) {
    throw new Error(`Expected one token of 43 characters; got ${token} and ${inHtml}.`);
  }
  return token;
}

/** Opens the page of a link, and resolves with the status. */
export const openLink = async (url: string, token: string): Promise<number> =>
  (await fetch(`${url}/admin/login/password?token=${token}`)).status;

/** Chooses a password by a link, and resolves with the status: 303 if it was stored. */
export async function chooseBy(url: string, token: string, password: string): Promise<number> {
  const reply = await fetch(`${url}/admin/login/password`, {
    method: "POST",
    redirect: "manual",
    headers: { origin: url },
    body: new URLSearchParams({ token, password, repeated: password }),
  });
  return reply.status;
}
