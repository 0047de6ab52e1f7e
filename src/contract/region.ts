// The language of a person's mails, and how numbers and times are written for them, in the HTTP contract.

import * as z from "zod";
import { isTimeZone } from "../domain/alerting/local-time.ts";
import { isLocale, languages } from "../domain/language/languages.ts";
import { printable } from "./text.ts";

const language = z
  .enum(languages)
  .nullable()
  .meta({ description: "The language of mails to them; null: the store's." });

const locale = z
  .string()
  .max(20)
  .regex(printable)
  .refine(isLocale, "expected a language and a country, such as de-AT")
  .nullable()
  .meta({ description: "How numbers and times are written; null: as their browser does." });

const timeZone = z
  .string()
  .max(60)
  .regex(printable)
  .refine(isTimeZone, "expected the name of a time zone, such as Europe/Berlin")
  .nullable()
  .meta({ description: "The time zone of times that they are shown; null: their browser's." });

/** What a person has chosen. */
export const regionShape = { language, locale, timeZone };

/** The body of `PUT /session/region`. */
export const regionSchema = z.strictObject(regionShape).meta({ id: "Region" });

/** What a person has chosen. */
export type Region = z.output<typeof regionSchema>;
