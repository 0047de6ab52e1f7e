// A webhook whose receiver is a test's, and what the receiver lacks or got out of order.

import { expect } from "vitest";
import * as z from "zod";
import { laneKeyOf } from "../../src/domain/webhooks/lane-key.ts";
import { type Lab, labKey } from "../../tools/lab/lab.ts";
import type { WebhookReceiver } from "../../tools/lab/webhook-receiver.ts";

/** Posts to the first API. */
export async function postToLab(lab: Lab, path: string, body: object): Promise<unknown> {
  const [api = ""] = lab.apis();
  const response = await fetch(`${api}/api/v1${path}`, {
    method: "POST",
    headers: { authorization: `Bearer ${labKey}`, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  expect([path, response.ok]).toEqual([path, true]);
  return response.json();
}

const createdSchema = z.object({ id: z.string(), secret: z.string() });

/** Creates a webhook that gets all events from the first on, and tells the receiver its secret. Resolves with its id. */
export async function createWebhook(lab: Lab, receiver: WebhookReceiver): Promise<string> {
  const created = await postToLab(lab, "/webhooks", { url: receiver.url, from: "0" });
  const { id, secret } = createdSchema.parse(created);
  receiver.know([secret]);
  return id;
}

/** The ids of all messages that there should be. */
export async function readMessageIds({ postgres }: Lab): Promise<string[]> {
  const rows = await postgres.sql<{ id: string }>(
    "select 'evt_' || id as id from (select id from event union all select id from movement) told order by told.id",
  );
  return rows.map(({ id }) => id);
}

const eventSchema = z.looseObject({ type: z.string(), data: z.record(z.string(), z.unknown()) });

/** The lanes in which the first success of an event came before that of an earlier event. */
export function lanesOutOfOrder(receiver: WebhookReceiver): string[] {
  const bodies = new Map(receiver.deliveries.map(({ id, body }) => [id, body]));
  const last = new Map<string, number>();
  return receiver.accepted().flatMap((id) => {
    const key = laneKeyOf(eventSchema.parse(JSON.parse(bodies.get(id) ?? "")));
    const place = Number(id.slice("evt_".length));
    const isLate = place < (last.get(key) ?? 0);
    last.set(key, place);
    return isLate ? [`${id} of ${key}`] : [];
  });
}
