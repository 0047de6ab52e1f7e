// What an endpoint is: where webhooks go, and how far it has got.

/** How an endpoint wants its messages: signed events as JSON, or sentences for a Slack-compatible address. */
export const webhookChannels = ["webhook", "slack"] as const;
export type WebhookChannel = (typeof webhookChannels)[number];

/** `active`: delivers. `paused`: keeps its place. `disabled`: keeps nothing, and starts at the latest event again. */
export const webhookStatuses = ["active", "paused", "disabled"] as const;
export type WebhookStatus = (typeof webhookStatuses)[number];

/** Who paused it: a person, the endpoint's answer 410, or three days of failures. */
export const pauseReasons = ["person", "gone", "failing"] as const;
export type PauseReason = (typeof pauseReasons)[number];

/** The lanes of a channel. Events of one lane are delivered in their order, and a lane waits for no other. */
export const lanesOf = { webhook: 16, slack: 1 } as const satisfies Record<WebhookChannel, number>;

/** The most endpoints of a store. */
export const endpointsMax = 50;

/** A lane that is behind its endpoint's place: it has delivered up to a place of its own. Places are decimal text. */
export type LaneBehind = {
  readonly lane: number;
  readonly place: string;
  /** How often the event after its place has failed, and since when; 0 and null if it only is slower than others. */
  readonly attempts: number;
  readonly failingSince: string | null;
  /** When it is tried again, in ISO 8601. */
  readonly nextAt: string | null;
};

/** How far an endpoint has got: all lanes up to `place`, but those that are behind. */
export type Progress = { readonly place: string; readonly lanes: readonly LaneBehind[] };
