// The search over everything in the HTTP contract.

import * as z from "zod";
import { orderStatuses } from "../domain/order/order-status.ts";
import { mailStatuses } from "../domain/mail-status.ts";
import { matches } from "../domain/search/rank.ts";
import { printable } from "./text.ts";
import { searchTextSchema } from "./search-text.ts";
import { wholeNumberText } from "./whole-number.ts";

/** What can be found. */
export const searchKinds = ["order", "product", "variant", "mail", "job"] as const;

/** A kind of what can be found. */
export type SearchKind = (typeof searchKinds)[number];

const kindsSchema = z
  .string()
  .max(100)
  .regex(printable, "expected kinds, separated by commas")
  .transform((text) => text.split(","))
  .pipe(z.array(z.enum(searchKinds)).min(1))
  .optional()
  .meta({
    description: `The kinds to search, separated by commas: ${searchKinds.join(", ")}. All by default. Kinds that the caller may not read are left out.`,
    example: "order,product",
  });

/** The query of `GET /search`. */
export const searchQuerySchema = z.strictObject({
  q: searchTextSchema.meta({
    description:
      "Words, each in any part of what is found. Letters with and without marks are the same.",
    example: "zoe mug",
  }),
  kinds: kindsSchema,
  limit: wholeNumberText(1, 20).default(8).meta({ description: "The most entries of each kind." }),
});

const match = z.enum(matches).meta({
  description:
    "exact: the whole name, such as a reference or SKU. prefix: its beginning. part: any part.",
});

const hitSchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("order"),
    match,
    id: z.uuid(),
    reference: z.string(),
    status: z.enum(orderStatuses),
    acceptedAt: z.iso.datetime(),
    customer: z.string().nullable().meta({ description: "Their name or email, if it has one." }),
  }),
  z.object({ kind: z.literal("product"), match, sku: z.string(), name: z.string() }),
  z.object({
    kind: z.literal("variant"),
    match,
    sku: z.string(),
    name: z.string().meta({ description: "The product's name and the variant's." }),
    productSku: z.string(),
  }),
  z.object({
    kind: z.literal("mail"),
    match,
    id: z.uuid(),
    subject: z.string().nullable(),
    to: z.string(),
    status: z.enum(mailStatuses),
    createdAt: z.iso.datetime(),
  }),
  z.object({
    kind: z.literal("job"),
    match,
    id: z.string(),
    queue: z.string(),
    about: z.string().meta({ description: "The order or the mail that it is for." }),
    hasEnded: z.boolean(),
  }),
]);

/** Something that was found. */
export type SearchHit = z.output<typeof hitSchema>;

/** The reply of `GET /search`. */
export const searchReplySchema = z
  .object({
    data: z.array(hitSchema).meta({
      description:
        "What was found, by kind. Within a kind the best match is first, then the newest.",
    }),
    incomplete: z.array(z.enum(searchKinds)).meta({
      description:
        "Kinds of which there may be more: the search ended at its limit of entries that it looks at, or a store of jobs did not answer.",
    }),
  })
  .meta({ id: "SearchReply" });
