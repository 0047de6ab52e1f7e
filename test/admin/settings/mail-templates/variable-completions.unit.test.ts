import { describe, expect, it } from "vitest";
import { completionsBelow } from "../../../../src/admin/settings/mail-templates/variable-completions.ts";

const variables = [
  { name: "product.sku", meaning: "The SKU.", sample: "TEE" },
  { name: "product.name", meaning: "The name.", sample: "Shirt" },
  { name: "cause", meaning: "What did it.", sample: "an order" },
];

const namesBelow = (...place: string[]) =>
  completionsBelow(variables, place).map(({ label }) => label);

describe("the names that the editor offers", () => {
  it("begin a variable, each once", () => {
    expect(namesBelow()).toEqual(["product", "cause"]);
  });

  it("go on behind a dot", () => {
    expect(namesBelow("product")).toEqual(["sku", "name"]);
  });

  it("end where a variable does", () => {
    expect(namesBelow("cause")).toEqual([]);
    expect(namesBelow("order")).toEqual([]);
  });

  it("say what a whole variable means", () => {
    expect(completionsBelow(variables, ["product"])[0]?.detail).toBe("The SKU.");
    expect(completionsBelow(variables, [])[0]?.detail).toBe("");
  });
});
