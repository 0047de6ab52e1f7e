// The mail server and the way to it, broken while alerts are opened, and workers killed while they send. Each piece of
// news reaches each manager, under one Message-ID. Only a mail whose last reply was lost arrives twice.

import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Lab } from "../../tools/lab/lab.ts";
import type { Program } from "../../tools/lab/program.ts";
import { prove } from "../../tools/lab/prove.ts";
import { labManagers, stockShop } from "../../tools/lab/shop.ts";
import { startSmtpReceiver } from "../../tools/lab/smtp-server.ts";
import { startTcpProxy, type TcpProxy } from "../../tools/lab/tcp-proxy.ts";
import { type Clients, startClients } from "../../tools/lab/clients.ts";
import { labQueues, openTestLab } from "../support/lab.ts";

/** Mails wait 5 seconds before their second attempt, and 10 before their third. */
const patience = { timeout: 90_000, interval: 50 };

/** Each fault has products of its own, which fall to their threshold while it holds. */
const productsPerFault = 4;
const faults = ["down", "tarpit", "later", "never", "lost", "claimed", "handed-over"] as const;
type Fault = (typeof faults)[number];
const skusOf = (fault: Fault): string[] =>
  Array.from({ length: productsPerFault }, (_, index) => `${fault}-${index + 1}`);

/** How many mails may reach the server twice: those whose last reply was lost. A worker sends up to five at once. */
const twiceAtMost: Partial<Record<Fault, number>> = {
  later: 8,
  lost: 1,
  claimed: 5,
  "handed-over": 5,
};
const twiceAtLeast: Partial<Record<Fault, number>> = { later: 8, lost: 1, "handed-over": 1 };

describe.each(labQueues)("mails under faults, with the queue on %s", (queue) => {
  let smtp: Awaited<ReturnType<typeof startSmtpReceiver>>;
  let way: TcpProxy;
  let lab: Lab;
  let worker: Program;
  let clients: Clients;
  /** What the clients buy now, and what the mail server does. */
  let fault: Fault = "down";

  beforeEach(async () => {
    const seenBefore = new Set<string | undefined>();
    smtp = await startSmtpReceiver({
      atRecipient: (address) =>
        fault === "never" && address === labManagers[1]
          ? { code: 550, message: "No such user here" }
          : undefined,
      atData(_session, { parsed }) {
        const isNew = !seenBefore.has(parsed.messageId);
        seenBefore.add(parsed.messageId);
        return fault === "later" && isNew
          ? { code: 451, message: "Greylisted, try again later" }
          : undefined;
      },
    });
    way = await startTcpProxy(smtp.url);
    lab = await openTestLab(queue, { SMTP_URL: way.url });
    const api = await lab.start("api");
    worker = await lab.start("worker");
    const skus = faults.flatMap((name) => skusOf(name));
    await stockShop(
      api.url,
      skus.map((sku) => ({ sku, units: 1_000_000, threshold: 999_995 })),
    );
  });
  afterEach(async () => {
    await lab.close();
    way.close();
    await smtp[Symbol.asyncDispose]();
  });

  /** Places orders until each product of the fault has fallen to its threshold, and its mails are written. */
  const alert = async (next: Fault): Promise<void> => {
    fault = next;
    const skus = skusOf(next);
    clients ??= startClients({
      apis: lab.apis,
      nextLines: () => skusOf(fault).map((sku) => ({ sku, quantity: 1 })),
      ordersPerSecond: 10,
    });
    await expect
      .poll(async () => (await mailsOf(next)).length, patience)
      .toBe(skus.length * labManagers.length);
  };
  type Mail = { id: string; email: string; status: string; attempts: number; error: string | null };
  const mailsOf = (name: Fault): Promise<readonly Mail[]> =>
    lab.postgres.sql<Mail>(
      `select m.message_id as id, to_email as email, m.status, attempts, last_error as error
       from mail m join stock_alert a on a.id = alert_id join stock_level l on l.id = a.level_id
       where l.sku like $1 || '-%'`,
      [name],
    );
  const waitForMails = (name: Fault, isSo: (mail: Mail) => boolean): Promise<void> =>
    expect
      .poll(async () => (await mailsOf(name)).filter((mail) => !isSo(mail)), patience)
      .toEqual([]);
  /** Waits for a failed attempt. A mail server that says nothing takes up to a minute for each. */
  const failedOnce = (name: Fault): Promise<void> =>
    expect
      .poll(async () => (await mailsOf(name)).some(({ error }) => error !== null), patience)
      .toBe(true);
  const isSent = ({ status }: Mail) => status === "sent";
  const recoveries: Record<string, number> = {};
  const sentSoon = async (name: Fault): Promise<void> => {
    const started = performance.now();
    await waitForMails(name, isSent);
    recoveries[name] = Math.round(performance.now() - started);
  };
  const timesSeen = (id: string): number =>
    smtp.received.filter(({ parsed }) => parsed.messageId === id).length;

  it("each is sent under one Message-ID, twice only if its last reply was lost", async () => {
    way.refuse();
    await alert("down");
    await failedOnce("down");
    way.heal();
    await sentSoon("down");

    way.silenceAll();
    await alert("tarpit");
    await failedOnce("tarpit");
    way.heal();
    await sentSoon("tarpit");

    await alert("later");
    await sentSoon("later");
    for (const { id, attempts } of await mailsOf("later")) {
      expect([attempts, timesSeen(id)]).toEqual([2, 2]);
    }

    await alert("never");
    await waitForMails("never", ({ status }) => status === "sent" || status === "failed");
    for (const { email, status, attempts, error } of await mailsOf("never")) {
      expect([attempts, status]).toEqual([1, email === labManagers[1] ? "failed" : "sent"]);
      if (status === "failed") expect(error).toContain("No such user here");
    }

    const lost = way.loseAnswer("\r\n.\r\n");
    await alert("lost");
    await lost;
    await sentSoon("lost");

    // The claim of a worker that died lasts two minutes. The test says that they are over.
    const endClaims = () =>
      lab.postgres.sql(
        "update mail set claimed_until = clock_timestamp() where status = 'sending'",
      );
    for (const name of ["claimed", "handed-over"] as const) {
      await worker.terminate();
      const killed = await lab.start("worker", { killPoint: { name: `mail-${name}` } });
      fault = name;
      await killed.ended;
      await endClaims();
      worker = await lab.start("worker");
      await alert(name);
      await sentSoon(name);
    }

    await clients.finish(60_000);
    const proof = await prove(lab, clients.journal);
    await expectEachMailed();
    process.stdout.write(
      `Queue on ${queue}: milliseconds to send after ${JSON.stringify(recoveries)}; ${JSON.stringify(proof)}\n`,
    );
  }, 300_000);

  /** What was told was mailed to each manager once, and the server saw it once, or twice if its last reply was lost. */
  const expectEachMailed = async (): Promise<void> => {
    const [told] = await lab.postgres.sql<{ news: number }>(
      "select count(*)::integer as news from alert_news where told_at is not null",
    );
    expect(told).toEqual({ news: faults.length * productsPerFault });
    for (const name of faults) {
      const mails = await mailsOf(name);
      expect(mails).toHaveLength(productsPerFault * labManagers.length);
      expect(new Set(mails.map(({ id }) => id)).size).toBe(mails.length);
      const sent = mails.filter(isSent);
      const times = sent.map(({ id }) => timesSeen(id));
      expect([name, Math.min(...times)]).toEqual([name, name === "later" ? 2 : 1]);
      expect(Math.max(...times)).toBeLessThanOrEqual(2);
      const twice = times.filter((count) => count === 2).length;
      expect([
        name,
        twice >= (twiceAtLeast[name] ?? 0) && twice <= (twiceAtMost[name] ?? 0),
      ]).toEqual([name, true]);
    }
  };
});
