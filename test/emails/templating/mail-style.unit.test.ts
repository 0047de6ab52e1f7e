// The colours of mails can be read in both schemes: each pair of text and background that the layout uses meets the
// 4.5:1 that WCAG asks for at level AA.

import { describe, expect, it } from "vitest";
import { dark, light, type Palette } from "../../../src/emails/templating/mail-style.ts";

const pairs: readonly (readonly [keyof Palette, keyof Palette])[] = [
  ["text", "card"],
  ["muted", "card"],
  ["link", "card"],
  ["text", "inset"],
  ["muted", "inset"],
  ["muted", "page"],
  ["link", "page"],
  ["buttonText", "button"],
  ["lowText", "low"],
  ["outText", "out"],
];

/** Relative luminance of a colour such as #1a56b8, from 0 to 1, by WCAG 2.2. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((from) => Number.parseInt(colour.slice(from, from + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

describe.each([
  ["light", light],
  ["dark", dark],
])("on a %s screen", (_scheme, palette) => {
  it.each(pairs)("%s can be read on %s", (text, background) => {
    expect(contrast(palette[text], palette[background])).toBeGreaterThanOrEqual(4.5);
  });
});
