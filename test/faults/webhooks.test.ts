// Receivers of webhooks that are slow, broken or hostile, each beside the others, while the processes and stores are
// killed. In the end each has every event, and each SKU's and order's events in their order.

import { afterEach, beforeEach, expect, it } from "vitest";
import type { Lab } from "../../tools/lab/lab.ts";
import { prove } from "../../tools/lab/prove.ts";
import { answers, drops, floods, hangs, type Reaction } from "../../tools/lab/webhook-reactions.ts";
import {
  inOrder,
  type Rule,
  startWebhookReceiver,
  type WebhookReceiver,
} from "../../tools/lab/webhook-receiver.ts";
import { startLoad } from "../support/lab-load.ts";
import { openTestLab } from "../support/lab.ts";
import {
  createWebhook,
  lanesOutOfOrder,
  postToLab,
  readMessageIds,
} from "../support/webhook-lanes.ts";

const patience = { timeout: 120_000, interval: 250 };

let lab: Lab;
let receivers: WebhookReceiver[];

beforeEach(async () => {
  lab = await openTestLab("Redis", { WEBHOOK_ALLOWED_ADDRESSES: "127.0.0.1" });
  receivers = [];
});
afterEach(async () => {
  await lab.close();
  for (const receiver of receivers) await receiver[Symbol.asyncDispose]();
});

/** Starts a receiver that does as the rule says, and creates its webhook. */
async function follow(rule: Rule): Promise<{ id: string; receiver: WebhookReceiver }> {
  const receiver = await startWebhookReceiver({ rule });
  receivers.push(receiver);
  return { id: await createWebhook(lab, receiver), receiver };
}

/** Lets the pauses of all failed events pass. */
async function passTime(): Promise<void> {
  await lab.postgres.sql(
    `update webhook_endpoint set next_at = clock_timestamp(), is_blocked = false, lanes = (
       select json_agg((lane::jsonb || jsonb_build_object('nextAt', clock_timestamp()))) from json_array_elements(lanes) lane)
     where status = 'active' and json_array_length(lanes) > 0`,
  );
}

/** Resolves when the receiver has accepted every event that there is now, while the pauses of failed events pass. */
async function hasAll({ receiver }: { receiver: WebhookReceiver }): Promise<void> {
  const ids = await readMessageIds(lab);
  const missing = async (): Promise<number> => {
    await passTime();
    const accepted = new Set(receiver.accepted());
    return ids.filter((id) => !accepted.has(id)).length;
  };
  await expect.poll(missing, patience).toBe(0);
}

const after = (ms: number, reaction: Reaction): Reaction => ({
  ...reaction,
  react: (...given) => void setTimeout(() => reaction.react(...given), ms),
});

it(
  "get every event in order, whatever they do and whatever is killed",
  { timeout: 600_000 },
  async () => {
    await lab.start("api");
    await lab.start("worker");
    const healthy = await follow(() => answers(200));
    const slow = await follow(() => after(200, answers(200)));
    const redirects = await follow(() =>
      answers(302, { headers: { location: "http://127.0.0.1:9/" } }),
    );
    const endless = await follow(() => floods);
    const dropping = await follow(({ attempt }) => (attempt === 1 ? drops : answers(200)));
    const isStubborn = (id: string) => Number(id.slice("evt_".length)) % 40 === 0;
    const stubborn = await follow(({ id, attempt }) =>
      answers(isStubborn(id) && attempt <= 20 ? 503 : 200),
    );
    const down = await follow(() => hangs);
    const gone = await follow(inOrder(answers(200), answers(410)));
    const clients = await startLoad(lab, 4);

    for (const role of ["worker", "api"] as const) {
      for (const program of lab.programs()) if (program.role === role) await program.kill();
      await lab.start(role);
      await hasAll(healthy);
    }
    await lab.redis?.kill();
    await lab.redis?.startAgain();
    lab.heal();
    await hasAll(healthy);
    await lab.postgres.stopAtOnce();
    await lab.postgres.startAgain();
    lab.heal();
    await clients.finish(60_000);
    const undecided = () => lab.postgres.sql(`select id from "order" where status = 'pending'`);
    await expect.poll(undecided, patience).toEqual([]);

    // Others are not held up by those that fail.
    for (const one of [healthy, slow, endless, dropping]) await hasAll(one);
    expect(redirects.receiver.accepted()).toEqual([]);
    expect(down.receiver.accepted()).toEqual([]);
    const [paused] = await lab.postgres.sql(
      `select status, paused_because from webhook_endpoint where id = '${gone.id}'`,
    );
    expect(paused).toEqual({ status: "paused", paused_because: "gone" });

    for (const { receiver } of [redirects, down, gone]) receiver.follow(() => answers(200));
    await postToLab(lab, `/webhooks/${gone.id}/resume`, {});
    const all = { healthy, slow, redirects, endless, dropping, stubborn, down, gone };
    for (const one of Object.values(all)) await hasAll(one);
    const outOfOrder = Object.entries(all).map(([name, one]) => [
      name,
      lanesOutOfOrder(one.receiver),
    ]);
    expect(outOfOrder).toEqual(Object.keys(all).map((name) => [name, []]));
    for (const { receiver } of Object.values(all)) {
      expect(
        receiver.deliveries.filter(({ body, isVerified }) => body !== "" && !isVerified),
      ).toEqual([]);
    }
    await prove(lab, clients.journal);
    const counts = Object.entries(all).map(([name, { receiver }]) => [
      name,
      receiver.deliveries.length,
    ]);
    process.stdout.write(
      `${(await readMessageIds(lab)).length} events; messages by receiver: ${JSON.stringify(Object.fromEntries(counts))}.\n`,
    );
  },
);
