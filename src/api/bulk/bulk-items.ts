// The items of a bulk request: each is validated alone, so that a fault refuses only its own item, unless all are made
// or none.

import * as z from "zod";
import type { ItemsRefused } from "../../db/write-in-groups.ts";
import type { Refusal } from "../../domain/refusal.ts";
import { skuSchema } from "../../contract/sku.ts";
import { withFewDetails } from "../http/few-details.ts";
import { Problem } from "../http/problem.ts";
import { problemOfRefusal } from "../http/problem-of-refusal.ts";
import { parsePart } from "../http/validate.ts";

/** An item of a request, or why it is not valid. */
export type JudgedItem<Item> =
  | { readonly item: Item }
  | { readonly sku: string | null; readonly problem: Problem };

/** The words for the items of one kind of request. */
export type BulkWords = {
  /** The field of the body that lists them. */
  readonly list: string;
  /** One of them. */
  readonly one: string;
  /** What was done with none of them, such as `saved`. */
  readonly done: string;
};

const namedSchema = z.looseObject({ sku: skuSchema });

/** Validates an item. */
export function judgeItem<Schema extends z.ZodType, Item>(
  schema: Schema,
  raw: unknown,
  toItem: (body: z.output<Schema>) => Item,
): JudgedItem<Item> {
  try {
    return { item: toItem(parsePart(schema, raw, "body")) };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const named = namedSchema.safeParse(raw);
    return { sku: named.success ? named.data.sku : null, problem: error };
  }
}

/** The items that are valid. */
export function validItems<Item>(judged: readonly JudgedItem<Item>[]): Item[] {
  return judged.flatMap((one) => ("item" in one ? [one.item] : []));
}

/** Throws a 422 problem with the faults of all items if one is not valid. */
export function refuseInvalid(judged: readonly JudgedItem<unknown>[], words: BulkWords): void {
  const errors = judged.flatMap((one, at) =>
    "problem" in one
      ? one.problem.errors.map((fault) => ({
          ...fault,
          pointer: `/${words.list}/${at}${fault.pointer}`,
        }))
      : [],
  );
  if (errors.length === 0) return;
  const detail = `Some ${words.list} are not valid, so none was ${words.done}; see errors.`;
  throw new Problem("validation-failed", detail, { errors });
}

/** The 409 problem of an atomic request. Its errors name the refused items, and the values at fault. */
export function problemOfRefused({ refusals }: ItemsRefused, words: BulkWords): Problem {
  const errors = refusals.flatMap(({ at, refusal }) => {
    const problem = problemOf(refusal);
    const { type } = problem.toJSON();
    const pointer = `/${words.list}/${at}`;
    if (problem.errors.length === 0) return [{ pointer, detail: problem.message, type }];
    return problem.errors.map((fault) => ({
      ...fault,
      pointer: `${pointer}${fault.pointer}`,
      type,
    }));
  });
  const refused =
    refusals.length === 1 ? `1 ${words.one} is` : `${refusals.length} ${words.list} are`;
  const detail = `${refused} refused, so none was ${words.done}; see errors. Correct or leave out what they name, and send the rest again.`;
  return new Problem("conflict", detail, { errors });
}

/** An item that the rules refuse. */
type RefusedItem = { readonly sku: string; readonly refusal: Refusal };

/**
 * The outcomes of a reply, in the order of the request. `done` has those of the valid items. A refused item has its
 * problem.
 */
export function outcomesOf<Done extends object>(
  judged: readonly JudgedItem<unknown>[],
  done: readonly (Done | RefusedItem)[],
  toReply: (outcome: Done) => object,
): object[] {
  const outcomes = done.values();
  const replies = judged.map((one) => {
    if ("problem" in one) return one;
    const outcome = outcomes.next().value;
    if (outcome === undefined)
      throw new Error("Expected an outcome of each valid item; got fewer.");
    return isRefused(outcome)
      ? { sku: outcome.sku, problem: problemOf(outcome.refusal) }
      : toReply(outcome);
  });
  return withFewDetails(replies);
}

const isRefused = (outcome: object): outcome is RefusedItem => "refusal" in outcome;

/** The problem of a refused item. A single request expects a version by a header and gets what is stored; an item can't. */
function problemOf(refusal: Refusal): Problem {
  if (refusal.kind !== "stale-version") return problemOfRefusal(refusal);
  const detail =
    "Expected the version that the request names; it was changed, made or deleted meanwhile. Read it, and send it again with the version that it has then.";
  return new Problem("stale-version", detail, {
    errors: [{ pointer: "/expectedVersion", detail }],
  });
}
