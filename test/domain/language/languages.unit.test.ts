import { expect, it } from "vitest";
import { isLocale, voiceOf } from "../../../src/domain/language/languages.ts";

it("a mail has the region of its reader if that is of the mail's language, else the language's usual one", () => {
  const timeZone = "Europe/Vienna";
  expect(voiceOf({ language: "de", locale: "de-AT", timeZone })).toEqual({
    language: "de",
    locale: "de-AT",
    timeZone,
  });
  expect(voiceOf({ language: "de", locale: "fr-CH" })).toEqual({
    language: "de",
    locale: "de-DE",
    timeZone: "UTC",
  });
  expect(voiceOf({})).toEqual({ language: "en", locale: "en-GB", timeZone: "UTC" });
});

it("a form of numbers is a language with a country, and asks for nothing else", () => {
  expect(["de-AT", "en", "zh-Hans-CN", "es-419"].filter((tag) => !isLocale(tag))).toEqual([]);
  const others = ["", "german", "de_AT", "de-u-nu-arab", "xx-XX", "de-AT-x-private", "DE"];
  expect(others.filter(isLocale)).toEqual([]);
});
