// Makes the message that tells an endpoint of events.

import type { ToldEvent } from "../db/feed/tell-event.ts";
import type { Turn } from "../db/webhooks/turn.ts";
import { slackText } from "../domain/webhooks/slack-text.ts";
import type { Message } from "../webhooks/message.ts";

/**
 * Makes the message. A webhook tells one event, as `GET /events` answers it, and is signed. A message for Slack tells
 * several in sentences, with links that begin with `publicUrl`.
 */
export function composeWebhook(
  { url, channel, secrets }: Turn,
  events: readonly ToldEvent[],
  publicUrl: string,
): Message {
  const last = events.at(-1);
  const id = `evt_${last?.id}`;
  return channel === "slack"
    ? { url, id, body: JSON.stringify({ text: slackText(events, publicUrl) }), secrets: [] }
    : { url, id, body: JSON.stringify(last), secrets };
}
