// Items that fall to their threshold when a test says so, and what is wrong with the mails about them.

import { expect } from "vitest";
import { type Clients, type OrderLine, startClients } from "../../tools/lab/clients.ts";
import type { Lab } from "../../tools/lab/lab.ts";
import { labManagers, type LabProduct } from "../../tools/lab/shop.ts";
import type { ReceivedMail } from "../../tools/lab/smtp-server.ts";

/** How many units are sold of an item until it is low, by orders of one unit. */
const unitsToFall = 3;
const lowPerPhase = 5;

/** Items of which so many fall in each phase. One more of each phase falls, and is sold out in the next phase. */
export type FallingItems = {
  readonly products: readonly LabProduct[];
  /** Sells until the phase's items are low, and the item of the phase before is out. Resolves when they have alerts so. */
  fall(phase: string): Promise<void>;
  /** Places no more orders. Resolves with the clients' journal. */
  finish(withinMs: number): Promise<Clients["journal"]>;
  /** Resolves when no mail and no news wait. */
  allMailed(): Promise<void>;
  /** A sentence for each mail that is missing, doubled, or not of the news that there must be. */
  findWrongMails(received: readonly ReceivedMail[]): Promise<string[]>;
};

type Alert = { readonly sku: string; readonly state: "low" | "out" };

const lowOf = (phase: string): string[] =>
  Array.from({ length: lowPerPhase }, (_, index) => `${phase}-low-${index + 1}`);
const worseOf = (phase: string): string => `${phase}-worse`;
const filler = "always-there";

/** The items of some phases, in the order of their time. The last phase's worse item stays low. */
export function createFallingItems(lab: Lab, phases: readonly string[]): FallingItems {
  const toSell: OrderLine[] = [];
  let clients: Clients | undefined;

  const sell = (skus: readonly string[]): void => {
    for (let unit = 0; unit < unitsToFall; unit += 1) {
      toSell.push(...skus.map((sku) => ({ sku, quantity: 1 })));
    }
  };
  const readAlerts = (skus: readonly string[]) =>
    lab.postgres.sql<Alert>(
      `select l.sku, a.state from stock_alert a join stock_level l on l.id = a.level_id
       where l.sku = any ($1) order by l.sku`,
      [skus],
    );
  /** The news that there must be, by item. */
  const expectedNews = phases.flatMap((phase, index) => [
    ...lowOf(phase).map((sku) => ({ sku, news: ["low"] })),
    { sku: worseOf(phase), news: index + 1 < phases.length ? ["low", "out"] : ["low"] },
  ]);

  return {
    products: [
      { sku: filler, units: 1_000_000, threshold: 0 },
      ...expectedNews.map(({ sku }): LabProduct => ({
        sku,
        units: 2 * unitsToFall,
        threshold: unitsToFall,
        sellBelowThreshold: true,
      })),
    ],
    async fall(phase) {
      const before = phases[phases.indexOf(phase) - 1];
      const low = [...lowOf(phase), worseOf(phase)];
      const out = before === undefined ? [] : [worseOf(before)];
      sell([...low, ...out]);
      clients ??= startClients({
        apis: lab.apis,
        nextLines: () => [toSell.shift() ?? { sku: filler, quantity: 1 }],
        ordersPerSecond: 10,
      });
      await expect
        .poll(() => readAlerts([...low, ...out]), { timeout: 90_000, interval: 100 })
        .toEqual(
          [
            ...low.map((sku) => ({ sku, state: "low" })),
            ...out.map((sku) => ({ sku, state: "out" })),
          ].toSorted((one, other) => (one.sku < other.sku ? -1 : 1)),
        );
    },
    async finish(withinMs) {
      await clients?.finish(withinMs);
      return clients?.journal ?? [];
    },
    async allMailed() {
      const waiting = () =>
        lab.postgres.sql(
          `select status, to_email, last_error, waits_until::text from mail where status in ('pending', 'sending')
           union all select 'news', alert_id::text, state, due_at::text from alert_news where due_at is not null
           limit 5`,
        );
      await expect.poll(waiting, { timeout: 150_000, interval: 200 }).toEqual([]);
    },
    async findWrongMails(received) {
      const written = await readWritten(lab);
      const known = new Set(written.map(({ message }) => message));
      const came = received.map(({ parsed, recipients }) => ({
        message: parsed.messageId ?? "",
        to: recipients.join(),
        text: `${parsed.subject} ${parsed.text}`,
      }));
      const wrong = came
        .filter(({ message }) => !known.has(message))
        .map(({ message, to }) => `${message} came to ${to}, and no news has it.`);
      for (const { sku, news } of expectedNews) {
        for (const manager of labManagers) {
          const own = written.filter(({ item, to }) => item === sku && to === manager);
          const told = own.map(({ state }) => state).join();
          if (told !== news.join()) wrong.push(`${manager} was written ${told} of ${sku}.`);
          const about = came.filter(({ to, text }) => to === manager && text.includes(sku));
          const messages = new Set(about.map(({ message }) => message));
          if (messages.size === 0 || messages.size > news.length) {
            wrong.push(
              `${manager} got ${messages.size} mails about ${sku}: ${[...messages].join(", ")}.`,
            );
          }
        }
      }
      for (const { item, to, state, status, message } of written) {
        const times = came.filter((one) => one.message === message && one.to === to).length;
        if (status !== "sent" || times === 0) {
          wrong.push(
            `The mail to ${to} that ${item} is ${state} is ${status}, and came ${times} times.`,
          );
        }
      }
      return wrong;
    },
  };
}

type Written = {
  readonly item: string;
  readonly state: string;
  readonly to: string;
  readonly status: string;
  /** The Message-ID under which it goes out, that of a mail about several items if it was gathered there. */
  readonly message: string;
};

/** The mails about all news, as the tables have them, in the order of the news. */
const readWritten = ({ postgres }: Lab): Promise<readonly Written[]> =>
  postgres.sql<Written>(
    `select l.sku as item, m.notice as state, m.to_email as to, sent.status, sent.message_id as message
     from mail m join stock_alert a on a.id = m.alert_id join stock_level l on l.id = a.level_id
       join mail sent on sent.id = coalesce(m.gathered_in, m.id)
     where m.resend_of is null order by m.alert_id, m.news`,
  );
