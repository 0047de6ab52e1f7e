// The endpoint of the record of activity: who changed what, and when.

import * as z from "zod";
import { activityPageSchema, activityQuerySchema } from "../../contract/activity.ts";
import { listActs, type StoredAct } from "../../db/activity/list-acts.ts";
import type { ApiContext } from "../context.ts";
import { cursorKeys } from "../http/cursor-keys.ts";
import { cutPage, readCursor } from "../http/cursor.ts";
import { endpoint, type Endpoint } from "../http/endpoint.ts";

const keys = z.tuple([cursorKeys.instant, cursorKeys.bigint]);

/** `GET /activity`. */
export function listActivityEndpoint({ pool }: ApiContext): Endpoint {
  return endpoint({
    method: "get",
    path: "/activity",
    permission: "admin:read",
    tag: "Administration",
    summary: "List what people and keys did, newest first",
    description:
      "Changes of settings, groups, people, keys, product types, products, templates and webhooks, sign-ins, and acts in Bull Board, each with who did it and what changed. Nobody can change or delete an entry. Orders and counts are not in it: an order has its status log, and an item its movements.",
    querySchema: activityQuerySchema,
    replies: { 200: { description: "A page of acts.", schema: activityPageSchema } },
    async handle({ query: { limit, cursor, actor, area, subject, from, to } }) {
      const list = { keys, list: ["activity", actor, area, subject, from, to] };
      const [at, id] = readCursor(list, cursor) ?? [];
      const acts = await listActs(pool, {
        actor,
        area,
        subject,
        from: from === undefined ? undefined : new Date(from),
        to: to === undefined ? undefined : new Date(to),
        before: at === undefined || id === undefined ? undefined : { at, id },
        limit: limit + 1,
      });
      const body = cutPage(acts, limit, toReply, list, (act) => [act.exactAt, act.id]);
      return { status: 200, body };
    },
  });
}

function toReply({ exactAt: _exactAt, at, ...act }: StoredAct) {
  return { ...act, at: at.toISOString() };
}
