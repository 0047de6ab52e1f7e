// Workers killed while they send a mail with a one-time link. The link is stored before the mail leaves, and its token is
// known to the attempt alone: whenever the worker dies, the person gets a link that works once.

import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Lab, labKey } from "../../tools/lab/lab.ts";
import { startSmtpReceiver } from "../../tools/lab/smtp-server.ts";
import { chooseBy, mailsTo, openLink, tokenIn } from "../support/account-mails.ts";
import { labQueues, openTestLab } from "../support/lab.ts";

const email = "ann@example.com";
const chosen = "four words of her own";

/** Where the worker dies, how many links the person has at the next attempt, and how many mails come. */
const kills = [
  { name: "mail-claimed", when: "before its link is stored", opened: 0, mails: 1 },
  { name: "link-opened", when: "after its link is stored, before it leaves", opened: 1, mails: 1 },
  { name: "mail-handed-over", when: "after it has left, before it is marked", opened: 1, mails: 2 },
] as const;

describe.each(labQueues)("a mail with a one-time link, with the queue on %s", (queue) => {
  let smtp: Awaited<ReturnType<typeof startSmtpReceiver>>;
  let lab: Lab;

  beforeEach(async () => {
    smtp = await startSmtpReceiver();
    lab = await openTestLab(queue, { SMTP_URL: smtp.url });
  });
  afterEach(async () => {
    await lab.close();
    await smtp[Symbol.asyncDispose]();
  });

  const invite = async (api: string): Promise<void> => {
    const reply = await fetch(`${api}/api/v1/admin-users`, {
      method: "POST",
      headers: { authorization: `Bearer ${labKey}`, "content-type": "application/json" },
      body: JSON.stringify({ email, name: "Ann", groups: ["viewers"], invite: true }),
    });
    expect([reply.status, await reply.text()]).toEqual([201, expect.any(String)]);
  };
  const links = async (): Promise<number> => {
    const [row] = await lab.postgres.sql<{ links: number }>(
      "select count(*)::integer as links from password_link",
    );
    return row?.links ?? -1;
  };
  /** The claim of a worker that died lasts two minutes. The test says that they are over. */
  const endClaims = () =>
    lab.postgres.sql("update mail set claimed_until = clock_timestamp() where status = 'sending'");
  const mailStatus = () =>
    lab.postgres.sql<{ status: string; attempts: number }>(
      "select status, attempts from mail where template_code = 'tallyman:invitation'",
    );

  it.each(kills)(
    "$name: killed $when, a link that works once is mailed",
    async ({ name, opened, mails }) => {
      const api = await lab.start("api");
      const killed = await lab.start("worker", { killPoint: { name, times: 1 } });
      await invite(api.url);
      expect(await killed.ended).toEqual({ code: null, signal: "SIGKILL" });
      expect(await links()).toBe(opened);
      expect(await mailStatus()).toEqual([{ status: "sending", attempts: 1 }]);
      await endClaims();
      await lab.start("worker");
      const came = await mailsTo(smtp, email, mails);
      await expect.poll(mailStatus, { timeout: 30_000 }).toEqual([{ status: "sent", attempts: 2 }]);
      expect(came).toHaveLength(mails);
      expect(await links()).toBe(opened + 1);
      const tokens = came.map((mail) => tokenIn(mail));
      for (const token of tokens) expect(await openLink(api.url, token)).toBe(200);
      expect(await chooseBy(api.url, tokens.at(-1) ?? "", chosen)).toBe(303);
      for (const token of tokens) expect(await openLink(api.url, token)).toBe(401);
      expect(await links()).toBe(0);
    },
    120_000,
  );
});
