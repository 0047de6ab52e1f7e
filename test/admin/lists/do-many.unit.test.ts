import { describe, expect, it } from "vitest";
import { ApiProblem } from "../../../src/admin/http/api-problem.ts";
import { doMany, NotDone } from "../../../src/admin/lists/do-many.ts";

const nameOf = (item: number) => `Item ${item}`;

describe("an action on many rows", () => {
  it("does the others if some are refused, and says of each why", async () => {
    const outcome = await doMany([1, 2, 3, 4, 5, 6], {
      nameOf,
      act: async (item) => {
        await Promise.resolve();
        if (item === 2) throw new NotDone("It has ended.");
        if (item === 5) {
          throw new ApiProblem(422, {
            title: "Not accepted",
            detail: "See the faults.",
            errors: [{ pointer: "/note", detail: "The note is too long." }],
          });
        }
        return item * 10;
      },
    });
    expect(outcome).toEqual({
      done: [1, 3, 4, 6].map((item) => ({ item, answer: item * 10 })),
      refused: [
        { item: 2, name: "Item 2", words: "It has ended." },
        { item: 5, name: "Item 5", words: "The note is too long." },
      ],
    });
  });

  it("has at most four under way", async () => {
    let underWay = 0;
    let most = 0;
    const items = Array.from({ length: 20 }, (_, at) => at);
    const outcome = await doMany(items, {
      nameOf,
      act: async (item) => {
        underWay += 1;
        most = Math.max(most, underWay);
        await new Promise(setImmediate);
        underWay -= 1;
        return item;
      },
    });
    expect(most).toBe(4);
    expect(outcome.done.map(({ answer }) => answer)).toEqual(items);
  });
});
