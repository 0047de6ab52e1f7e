// Turns what is known of an item into what to reorder of it.

import type { OutlookReply } from "../../contract/outlook.ts";
import type { ReorderSettings } from "../../db/forecast/reorder-settings.ts";
import { reorder, type ReorderFacts, usualLeadDays } from "../../domain/forecast/reorder.ts";
import { reorderWords } from "../../domain/forecast/reorder-words.ts";

const inEnglish = new Intl.NumberFormat("en-GB");

type Reply = Pick<OutlookReply, "leadDays" | "packSize" | "reorder">;

/** What to reorder and why, with the lead time and the pack size that it depends on. */
export function toReorderReply(
  settings: ReorderSettings,
  rest: Omit<ReorderFacts, keyof ReorderSettings>,
): Reply {
  const { leadDays, packSize } = settings;
  const facts = { ...rest, leadDays: leadDays ?? usualLeadDays, packSize: packSize ?? 1 };
  const order = reorder(facts);
  return {
    leadDays: facts.leadDays,
    packSize: facts.packSize,
    reorder: order && {
      units: order.units,
      why: reorderWords(facts, order, (value) => inEnglish.format(value)),
    },
  };
}
