// Does the same to many rows of a list, a few at a time. One that is refused holds up no other.

import { toProblem } from "../http/api-problem.ts";
import { problemWords, type RefusedItem } from "./refused-items.tsx";

/** How many are done at once. */
const atOnce = 4;

/** Thrown by what does one row if it finds a reason not to. Its message is for a manager. */
export class NotDone extends Error {}

/** What became of the rows. */
export type ManyOutcome<Item, Answer> = {
  readonly done: readonly { readonly item: Item; readonly answer: Answer }[];
  readonly refused: readonly (RefusedItem & { readonly item: Item })[];
};

/** How to do one row, and its name. */
export type DoOne<Item, Answer> = {
  readonly act: (item: Item) => Promise<Answer>;
  readonly nameOf: (item: Item) => string;
};

/** Does `act` to each of the items. What was done and what was refused are in the order of the items. */
export async function doMany<Item, Answer>(
  items: readonly Item[],
  { act, nameOf }: DoOne<Item, Answer>,
): Promise<ManyOutcome<Item, Answer>> {
  const done = new Map<number, { item: Item; answer: Answer }>();
  const refused = new Map<number, RefusedItem & { readonly item: Item }>();
  const left = [...items.entries()];
  const work = async (): Promise<void> => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) {
      const [at, item] = next;
      try {
        done.set(at, { item, answer: await act(item) });
      } catch (error) {
        const words = error instanceof NotDone ? error.message : problemWords(toProblem(error));
        refused.set(at, { item, name: nameOf(item), words });
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return { done: inOrder(done), refused: inOrder(refused) };
}

const inOrder = <Value>(byPlace: ReadonlyMap<number, Value>): Value[] =>
  [...byPlace].toSorted(([one], [other]) => one - other).map(([, value]) => value);
