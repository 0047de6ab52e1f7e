import { describe, expect, it } from "vitest";
import {
  type Arrival,
  bodyOf,
  emptyArrival,
  missingFrom,
  sentLines,
  withLine,
} from "../../../src/admin/receiving/arrival.ts";

const mug = { sku: "MUG", name: "Mug", units: 4 };
const filled: Arrival = { ...emptyArrival, reference: " DN-1 ", lines: [mug] };

describe("the form of what arrived", () => {
  it("sends the items that have units, and leaves out the empty fields", () => {
    const lines = [
      mug,
      { sku: "TEA", name: "Tea", units: "" },
      { sku: "TIN", name: "Tin", units: 0 },
    ];
    const more = { ...filled, supplier: " Potters Ltd ", lines };
    expect(bodyOf(more)).toEqual({
      reference: "DN-1",
      supplier: "Potters Ltd",
      lines: [{ sku: "MUG", units: 4 }],
    });
  });

  it("sends the rows of a file instead, with the items that were typed left out", () => {
    const csv = "sku,units\nMUG,4";
    expect(bodyOf({ ...filled, way: "file", csv })).toEqual({ reference: "DN-1", csv });
  });

  it.each([
    ["nothing", filled, null],
    ["the number", { ...filled, reference: " " }, "Fill in “Number”."],
    ["the items", { ...filled, lines: [] }, "Add at least one item, and its units."],
    [
      "the units",
      { ...filled, lines: [{ ...mug, units: "" }] },
      "Add at least one item, and its units.",
    ],
    [
      "a number that can be read",
      { ...filled, lines: [{ ...mug, units: "lots" }] },
      "Correct the units of Mug.",
    ],
    ["the file", { ...filled, way: "file" }, "Choose a file, or paste its rows."],
  ] as const)("says that %s is missing", (_what, arrival, words) => {
    expect(missingFrom(arrival, "Number")).toBe(words);
  });

  it("has each item once", () => {
    const tea = { sku: "TEA", name: "Tea", units: "" };
    expect(withLine(filled, tea).lines).toEqual([mug, tea]);
    expect(withLine(filled, { ...mug, units: "" })).toBe(filled);
  });

  it("keeps the places of what it sends, for the faults that name them", () => {
    const lines = [{ ...mug, sku: "A", units: "" }, mug];
    expect(sentLines({ ...filled, lines }).map(({ sku }) => sku)).toEqual(["MUG"]);
  });
});
