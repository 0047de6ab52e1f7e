import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { mailModes } from "../../../src/domain/alerting/mail-choice.ts";
import { type Interest, whyTold } from "../../../src/domain/alerting/why-told.ts";

const manager: Interest = {
  isEnabled: true,
  isAlerted: true,
  watchesProduct: false,
  watchesVariant: false,
  watchesType: false,
  mode: "at-once",
};
const stranger = { ...manager, isAlerted: false };

describe("a person", () => {
  test.each<[string, Interest, string]>([
    ["in the group is told of everything", manager, "store-managers"],
    ["of one mail a day is told too", { ...manager, mode: "daily" }, "store-managers"],
    ["with mails off is not told", { ...manager, mode: "off" }, "switched-off"],
    ["with a disabled account is not told", { ...manager, isEnabled: false }, "disabled"],
    ["without an interest is not told", stranger, "not-watching"],
    ["who watches the product is told", { ...stranger, watchesProduct: true }, "watches-product"],
    ["who watches the variant is told", { ...stranger, watchesVariant: true }, "watches-variant"],
    ["who watches the type is told", { ...stranger, watchesType: true }, "watches-type"],
    [
      "who watches the product and its type is told by the product",
      { ...stranger, watchesProduct: true, watchesType: true },
      "watches-product",
    ],
    [
      "who watches and is in the group is told as one of it",
      { ...manager, watchesProduct: true },
      "store-managers",
    ],
  ])("%s", (_name, interest, because) => expect(whyTold(interest).because).toBe(because));

  test("is told exactly if enabled, interested and not switched off", () => {
    const interests = fc.record({
      isEnabled: fc.boolean(),
      isAlerted: fc.boolean(),
      watchesProduct: fc.boolean(),
      watchesVariant: fc.boolean(),
      watchesType: fc.boolean(),
      mode: fc.constantFrom(...mailModes),
    });
    fc.assert(
      fc.property(interests, (interest) => {
        const { isEnabled, isAlerted, watchesProduct, watchesVariant, watchesType, mode } =
          interest;
        const wants = isAlerted || watchesProduct || watchesVariant || watchesType;
        expect(whyTold(interest).isTold).toBe(isEnabled && wants && mode !== "off");
      }),
    );
  });
});
