import { describe, expect, it } from "vitest";
import {
  changesMeanwhile,
  mergeLists,
  mergeMine,
} from "../../../src/admin/forms/three-way-merge.ts";

const base = { name: "Mug", units: 5, tags: ["a"] };

describe("what two people made of one thing", () => {
  it("is told field by field, and where both changed the same it is contested", () => {
    const theirs = { name: "Mug, blue", units: 9, tags: ["a"] };
    const mine = { name: "Mug, tall", units: 5, tags: ["b"] };
    expect(changesMeanwhile(base, theirs, mine)).toEqual([
      { field: "name", isContested: true },
      { field: "units", isContested: false },
    ]);
  });

  it("is not contested where both made the same of it", () => {
    const same = { ...base, name: "Cup" };
    expect(changesMeanwhile(base, same, same)).toEqual([{ field: "name", isContested: false }]);
  });

  it("is merged: what I changed over what they have, and nothing else of mine", () => {
    const theirs = { name: "Mug, blue", units: 9, tags: ["a", "z"] };
    const mine = { name: "Mug", units: 7, tags: ["a"] };
    expect(mergeMine(base, theirs, mine)).toEqual({
      name: "Mug, blue",
      units: 7,
      tags: ["a", "z"],
    });
  });
});

describe("a list that two people changed", () => {
  const merge = (from: string[], theirs: string[], mine: string[]) =>
    mergeLists(from, theirs, mine, { keyOf: String });

  it("has what either added, and lacks what either took out", () => {
    expect(merge(["a", "b", "c"], ["a", "c", "theirs"], ["b", "c", "mine"])).toEqual([
      "c",
      "theirs",
      "mine",
    ]);
  });

  it("is theirs where I changed nothing", () => {
    expect(merge(["a", "b"], ["b", "z"], ["a", "b"])).toEqual(["b", "z"]);
  });
});
