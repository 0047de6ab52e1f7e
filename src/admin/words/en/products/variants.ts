// The texts of the variants in the form of a product.

import { count, number } from "../../numbers.ts";

export const variants = {
  intro: "Add options such as colour and size. Customers order one combination.",
  shareHint:
    "Leave the units empty to share the product's units. Leave any other number empty to use the product's.",
  showMore: (all: number) => `Show more of the ${number(all)} variants`,
  addOne: "Add one variant",
  /** An option without a name is called by its place. */
  options: {
    name: "Option",
    nameOf: (place: number) => `Name of option ${place}`,
    nameExample: "colour",
    values: "Values",
    valuesOf: (name: string, place: number) =>
      `Values of ${name === "" ? `option ${place}` : name}`,
    valuesExample: "red, blue",
    add: "Add an option",
    remove: (name: string, place: number) => `Remove option ${name === "" ? place : name}`,
    generate: "Generate variants",
    tooMany: (made: number, max: number) =>
      `These options make ${count(made, "variant")}. A product can have at most ${number(max)}. Remove some values.`,
    noneAdded: "Every combination already has a variant. None was added.",
    added: (added: number, existing: number) => {
      const kept = existing === 0 ? "" : ` ${count(existing, "existing variant")} kept.`;
      return `${count(added, "variant")} added below.${kept} New variants are created when you save.`;
    },
  },
  rows: {
    remove: "Remove this variant",
    removeOne: (variant: string) => `Remove the variant ${variant}`,
    theProducts: "the product's",
    theProductsNumber: (ofProduct: number) => `the product's: ${number(ofProduct)}`,
  },
};
