// The fields of a person's language, form of numbers and times, and time zone.

import { NativeSelect } from "@mantine/core";
import type { Region } from "../../contract/region.ts";
import { languageNames, languages } from "../../domain/language/languages.ts";
import { region as text } from "../words/en/settings/region.ts";

/** The fields' values. Empty: not chosen. */
export type RegionValues = {
  readonly language: string;
  readonly locale: string;
  readonly timeZone: string;
};

/** What a form shows of a choice. */
export const toRegionValues = (region: {
  readonly [Name in keyof RegionValues]: string | null;
}): RegionValues => ({
  language: region.language ?? "",
  locale: region.locale ?? "",
  timeZone: region.timeZone ?? "",
});

/** The choice that a form has. */
export const toRegion = ({ language, locale, timeZone }: RegionValues): Region => ({
  language: languages.find((known) => known === language) ?? null,
  locale: locale === "" ? null : locale,
  timeZone: timeZone === "" ? null : timeZone,
});

type RegionFieldsProps = {
  readonly values: RegionValues;
  readonly onChange: (name: keyof RegionValues, value: string) => void;
  readonly isReadOnly?: boolean;
};

/** The choices of a language. `none` says what an empty choice means. */
export const languageChoices = (none: string) => [
  { value: "", label: none },
  ...languages.map((value) => ({ value, label: languageNames[value] })),
];

/** The fields. */
export function RegionFields({ values, onChange, isReadOnly = false }: RegionFieldsProps) {
  const field = (name: keyof RegionValues) => ({
    value: values[name],
    disabled: isReadOnly,
    "data-path": name,
    onChange: (event: { readonly currentTarget: { readonly value: string } }) =>
      onChange(name, event.currentTarget.value),
  });
  return (
    <>
      <NativeSelect
        label={text.labels.language}
        description={text.language.hint}
        data={languageChoices(text.language.none)}
        {...field("language")}
      />
      <NativeSelect
        label={text.labels.locale}
        description={text.locale.hint(sampleOf(values))}
        data={[{ value: "", label: text.locale.none }, ...localeChoices(values.locale)]}
        {...field("locale")}
      />
      <NativeSelect
        label={text.labels.timeZone}
        description={text.timeZone.hint}
        data={[{ value: "", label: text.timeZone.none }, ...zones(values.timeZone)]}
        {...field("timeZone")}
      />
    </>
  );
}

/** Forms that many people use. Others can be set through the API, and are shown if they are. */
const locales =
  "da-DK,de-AT,de-CH,de-DE,en-AU,en-CA,en-GB,en-IE,en-IN,en-NZ,en-US,en-ZA,es-AR,es-CL,es-CO,es-ES,es-MX,fr-BE,fr-CA,fr-CH,fr-FR,it-IT,ja-JP,nb-NO,nl-BE,nl-NL,pl-PL,pt-BR,pt-PT,sv-SE".split(
    ",",
  );

function localeChoices(stored: string) {
  const all = stored === "" || locales.includes(stored) ? locales : [stored, ...locales];
  return all.map((value) => ({ value, label: text.locale.nameOf(value) }));
}

function zones(stored: string): string[] {
  return [
    ...new Set([...(stored === "" ? [] : [stored]), "UTC", ...Intl.supportedValuesOf("timeZone")]),
  ];
}

/** A number and a time as they will be written. */
function sampleOf({ locale, timeZone }: RegionValues): string {
  const form = locale === "" ? undefined : locale;
  const zone = timeZone === "" ? {} : { timeZone };
  const time = new Intl.DateTimeFormat(form, { dateStyle: "medium", timeStyle: "short", ...zone });
  return `${new Intl.NumberFormat(form).format(12_345)}; ${time.format(new Date())}`;
}
