// Webhooks in the HTTP contract: endpoints of other programs that get events, and what they answered.

import * as z from "zod";
import { pauseReasons, webhookChannels, webhookStatuses } from "../domain/webhooks/endpoint.ts";
import { eventTypes } from "./event-types.ts";
import { eventIdSchema } from "./events.ts";
import { pageOf } from "./paging.ts";
import { lineOfText } from "./text.ts";
import { wholeNumber } from "./whole-number.ts";

type EventType = keyof typeof eventTypes;

const isEventType = (name: string): name is EventType => Object.hasOwn(eventTypes, name);

/** Every type of event that an endpoint can choose, in the order of their documentation. */
export const chosenTypes: readonly EventType[] = Object.keys(eventTypes).filter(isEventType);

/** The path of an endpoint. */
export const webhookPathSchema = z.object({ id: z.uuid() });

const urlSchema = z
  .string("expected an address such as https://shop.example/webhooks")
  .max(2_000)
  .regex(
    /^https?:\/\/[^\s\p{Cc}\p{Cs}\u2028\u2029]+$/iu,
    "expected an address that begins with https:// and has no blanks",
  )
  .meta({
    description:
      "Where events are posted. It needs https, no user and password, and a host outside of this network; `WEBHOOK_ALLOWED_ADDRESSES` allows others.",
    examples: ["https://shop.example/webhooks/tallyman"],
  });

const descriptionSchema = z
  .union([z.literal(""), lineOfText(200)])
  .meta({ description: "For people." });

const typesSchema = z
  .array(z.enum(chosenTypes))
  .min(1)
  .max(chosenTypes.length)
  .transform((given) => [...new Set(given)])
  .nullable()
  .meta({
    description:
      "Only events of these types. null: all of them; for the channel `slack` those that somebody may act on.",
  });

const placeOrLatest = z.union([z.literal("latest"), eventIdSchema]);

/** The body of `POST /webhooks`. */
export const newWebhookSchema = z
  .strictObject({
    url: urlSchema,
    description: descriptionSchema.default(""),
    channel: z.enum(webhookChannels).default("webhook").meta({
      description:
        '`webhook`: one signed event for each request, as JSON. `slack`: sentences, as `{"text": "..."}`. It can\'t be changed later.',
    }),
    types: typesSchema.optional(),
    from: placeOrLatest.default("latest").meta({
      description: "The place after which it starts; `latest`: after all events so far.",
    }),
  })
  .meta({
    id: "NewWebhook",
    examples: [
      {
        url: "https://shop.example/webhooks/tallyman",
        description: "The shop front",
        types: ["stock.changed", "order.rejected"],
      },
    ],
  });

/** The body of `PATCH /webhooks/{id}`. Fields that are left out do not change. */
export const webhookChangeSchema = z
  .strictObject({
    url: urlSchema.optional(),
    description: descriptionSchema.optional(),
    types: typesSchema.optional(),
  })
  .meta({ id: "WebhookChange", examples: [{ types: ["stock.changed"] }] });

/** The body of `POST /webhooks/{id}/resume`. */
export const webhookResumptionSchema = z
  .strictObject({
    from: placeOrLatest.optional().meta({
      description:
        "The place after which it goes on; `latest` skips everything so far. If left out, it goes on where it stopped; a disabled one starts at the latest.",
    }),
  })
  .meta({ id: "WebhookResumption", examples: [{}, { from: "latest" }] })
  .optional();

/** The body of `POST /webhooks/{id}/replay`. */
export const webhookReplaySchema = z
  .strictObject({
    from: eventIdSchema.optional().meta({
      description:
        "The place after which it goes on, back or forward. To get an event again, send a place before its own.",
    }),
    since: z.iso
      .datetime({
        offset: true,
        error: "expected a date and time such as 2026-11-27T09:00:00Z",
      })
      .optional()
      .meta({
        description:
          "Instead of a place: everything from this time on. It may begin a minute earlier.",
      }),
  })
  .refine(({ from, since }) => (from === undefined) !== (since === undefined), {
    error: "expected either from or since",
  })
  .meta({ id: "WebhookReplay", examples: [{ from: "81233" }, { since: "2026-11-27T09:00:00Z" }] });

/** The body of `POST /webhooks/{id}/rotate-secret`. */
export const secretRotationSchema = z
  .strictObject({
    keepOldHours: wholeNumber(0, 168).default(24).meta({
      description: "For how long messages are signed with the old secret, too.",
    }),
  })
  .meta({ id: "WebhookSecretRotation", examples: [{ keepOldHours: 24 }] })
  .optional();

const secretSchema = z
  .string()
  .nullable()
  .meta({
    description:
      "`whsec_...`, with which its messages are signed. Shown only in this answer. null for the channel `slack`, which has no signatures.",
    examples: ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo="],
  });

const attemptShape = {
  at: z.iso.datetime(),
  type: z.string().meta({ description: "The event's type; `webhook.test` for a test." }),
  outcome: z.enum(["delivered", "failed"]),
  status: z.int().nullable().meta({ description: "The answer's status; null if there was none." }),
  error: z.string().nullable().meta({ description: "What went wrong; null if nothing did." }),
};

/** One attempt to deliver an event. */
export const webhookAttemptSchema = z
  .object({
    id: z.string(),
    place: z
      .string()
      .nullable()
      .meta({ description: "The id of its event, or of the last of several; null for a test." }),
    attempt: z.int().meta({ description: "1 for the first attempt at the event." }),
    ...attemptShape,
    answer: z.string().nullable().meta({ description: "The beginning of the answer's body." }),
    tookMs: z.int(),
  })
  .meta({ id: "WebhookAttempt" });

/** A page of attempts, newest first. */
export const webhookAttemptPageSchema = pageOf(webhookAttemptSchema);

/** An endpoint, without its secret. */
export const webhookSchema = z
  .object({
    id: z.uuid(),
    url: z.string().meta({
      description:
        "Without the permission `webhooks:write` only its origin, because addresses may have secrets in them.",
    }),
    description: z.string(),
    channel: z.enum(webhookChannels),
    types: z
      .array(z.string())
      .nullable()
      .meta({ description: "The types of events that it gets; null: all." }),
    status: z.enum(webhookStatuses).meta({
      description:
        "`active`: it gets events. `paused`: it keeps its place, and misses none. `disabled`: it keeps nothing, and starts at the latest event again.",
    }),
    pausedBecause: z.enum(pauseReasons).nullable().meta({
      description:
        "`person`: somebody paused it. `gone`: it answered 410. `failing`: three days of attempts failed. null if it is not paused.",
    }),
    statusSince: z.iso.datetime(),
    place: z.string().meta({
      description: "It got all events up to this place, but those after the places of `failing`.",
    }),
    lastPlace: z.string().meta({ description: "The end of the feed, as of now." }),
    behind: z.int().meta({
      description:
        "How many places of the feed it is behind; those of events that it did not choose count, too. 0 if it is disabled.",
    }),
    behindSince: z.iso
      .datetime()
      .nullable()
      .meta({ description: "When the first event happened that it is behind with." }),
    hasMissed: z.boolean().meta({
      description:
        "Events after its place are no longer kept. It can't be resumed there, but from a later place. Only one that is paused can have missed some.",
    }),
    failing: z
      .array(
        z.object({
          place: z.string().meta({ description: "The place before the event that fails." }),
          since: z.iso.datetime(),
          attempts: z.int(),
          nextAttemptAt: z.iso.datetime().nullable(),
          lastError: z.string().nullable(),
        }),
      )
      .meta({
        description:
          "The parts of its events that fail. Events of one product or order wait for each other, and for no others.",
      }),
    deliveredAt: z.iso.datetime().nullable().meta({ description: "When it last took an event." }),
    lastAttempt: z.object(attemptShape).nullable(),
    oldSecretUntil: z.iso.datetime().nullable().meta({
      description: "Until then messages are signed with the secret before, too.",
    }),
    createdAt: z.iso.datetime(),
    createdBy: z.string(),
  })
  .meta({ id: "Webhook" });

/** An endpoint as the API answers it. */
export type WebhookReply = z.output<typeof webhookSchema>;

/** An endpoint with a new secret. */
export const webhookWithSecretSchema = webhookSchema
  .extend({ secret: secretSchema })
  .meta({ id: "WebhookWithSecret" });

/** A page of endpoints, oldest first. */
export const webhookPageSchema = pageOf(webhookSchema);

/** What came of a test. */
export const webhookTestSchema = z
  .object({
    outcome: attemptShape.outcome,
    status: attemptShape.status,
    error: attemptShape.error,
    answer: z.string().meta({ description: "The beginning of the answer's body." }),
    tookMs: z.int(),
  })
  .meta({ id: "WebhookTest" });
