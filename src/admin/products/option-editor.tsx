// The options of a product with their values, and the button that generates the missing variants.

import { ActionIcon, Alert, Button, Group, Stack, TagsInput, Text, TextInput } from "@mantine/core";
import { IconPlus, IconTrash, IconWand } from "@tabler/icons-react";
import { useState } from "react";
import {
  generateVariants,
  type GeneratedVariant,
  optionsOf,
  type VariantOption,
} from "../../domain/catalogue/generate-variants.ts";
import { count, number } from "../words/numbers.ts";
import classes from "./option-editor.module.css";
import type { VariantFields } from "./product-form-values.ts";

/** The API's limit of variants. */
const variantsMax = 1_000;

type OptionEditorProps = {
  readonly productSku: string;
  readonly variants: readonly VariantFields[];
  readonly onGenerate: (variants: readonly GeneratedVariant[]) => void;
};

type EditedOption = VariantOption & { readonly id: number };

/** The editor. It starts with the options of the existing variants. */
export function OptionEditor({ productSku, variants, onGenerate }: OptionEditorProps) {
  const [options, setOptions] = useState<readonly EditedOption[]>(() => startOf(variants));
  const [notice, setNotice] = useState<string | null>(null);
  const change = (id: number, changed: Partial<VariantOption>): void =>
    setOptions(options.map((option) => (option.id === id ? { ...option, ...changed } : option)));
  const add = (): void => setOptions([...options, { id: nextId(options), name: "", values: [] }]);

  const generate = (): void => {
    const outcome = generateVariants({ productSku, options, existing: variants, variantsMax });
    if (outcome.kind === "too-many") {
      setNotice(
        `These options make ${count(outcome.total, "variant")}. A product can have at most ${number(variantsMax)}. Remove some values.`,
      );
      return;
    }
    setNotice(generatedNotice(outcome.variants.length, variants.length));
    if (outcome.variants.length > 0) onGenerate(outcome.variants);
  };

  return (
    <Stack gap="sm">
      {options.map((option, index) => (
        <div key={option.id} className={classes["option"]}>
          <TextInput
            label="Option"
            aria-label={`Name of option ${index + 1}`}
            placeholder="colour"
            value={option.name}
            onChange={(event) => change(option.id, { name: event.currentTarget.value })}
            maxLength={50}
          />
          <TagsInput
            label="Values"
            aria-label={`Values of ${option.name === "" ? `option ${index + 1}` : option.name}`}
            placeholder={option.values.length === 0 ? "red, blue" : ""}
            value={[...option.values]}
            onChange={(values) => change(option.id, { values })}
            splitChars={[",", ";"]}
            acceptValueOnBlur
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            className={classes["removeOption"] ?? ""}
            aria-label={`Remove option ${option.name === "" ? index + 1 : option.name}`}
            onClick={() => setOptions(options.filter(({ id }) => id !== option.id))}
          >
            <IconTrash size={16} />
          </ActionIcon>
        </div>
      ))}
      <Group gap="xs">
        <Button variant="default" size="xs" leftSection={<IconPlus size={14} />} onClick={add}>
          Add an option
        </Button>
        <Button
          variant="light"
          size="xs"
          leftSection={<IconWand size={14} />}
          onClick={generate}
          disabled={!options.some(({ name, values }) => name.trim() !== "" && values.length > 0)}
        >
          Generate variants
        </Button>
      </Group>
      <div role="status">
        {notice !== null && (
          <Alert color="gray" p="xs">
            <Text size="sm">{notice}</Text>
          </Alert>
        )}
      </div>
    </Stack>
  );
}

function startOf(variants: readonly VariantFields[]): EditedOption[] {
  return optionsOf(variants).map((option, id) => ({ ...option, id }));
}

function nextId(options: readonly EditedOption[]): number {
  return Math.max(-1, ...options.map(({ id }) => id)) + 1;
}

function generatedNotice(added: number, existing: number): string {
  if (added === 0) return "Every combination already has a variant. None was added.";
  const kept = existing === 0 ? "" : ` ${count(existing, "existing variant")} kept.`;
  return `${count(added, "variant")} added below.${kept} New variants are created when you save.`;
}
