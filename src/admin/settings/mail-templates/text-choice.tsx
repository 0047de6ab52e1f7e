// Chooses which text of a template is edited: the one for all languages, or that of one language.

import { NativeSelect, Stack, Text } from "@mantine/core";
import { type Language, languageNames, languages } from "../../../domain/language/languages.ts";
import { mailTemplates } from "../../words/en/settings/mail-templates.tsx";
import type { MailTemplate } from "./template-queries.ts";

const text = mailTemplates.choice;

type TextChoiceProps = {
  readonly template: MailTemplate;
  /** Whether the store has a text for all languages; undefined until that is known. */
  readonly hasTextForAll: boolean | undefined;
  readonly onChoose: (language: Language | null) => void;
};

/** The choice, and what mails in the chosen language say. */
export function TextChoice({ template, hasTextForAll, onChoose }: TextChoiceProps) {
  const { language, ownTexts } = template;
  return (
    <Stack gap={6} maw="34rem">
      <NativeSelect
        label={text.label}
        data={[
          { value: "", label: text.all },
          ...languages.map((value) => ({
            value,
            label: ownTexts.includes(value)
              ? text.ownText(languageNames[value])
              : languageNames[value],
          })),
        ]}
        value={language ?? ""}
        onChange={({ currentTarget: { value } }) =>
          onChoose(languages.find((known) => known === value) ?? null)
        }
      />
      <Text size="sm" c="dimmed">
        {explanationOf(template, hasTextForAll)}
      </Text>
    </Stack>
  );
}

function explanationOf({ language, ownTexts }: MailTemplate, hasTextForAll: boolean | undefined) {
  if (language === null) return text.ofAll;
  const name = languageNames[language];
  if (ownTexts.includes(language)) return text.ofOwn(name);
  return hasTextForAll === true ? text.usesTextForAll(name) : text.usesBuiltIn(name);
}
