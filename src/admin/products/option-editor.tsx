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
import { variants as words } from "../words/en/products/variants.ts";
import classes from "./option-editor.module.css";
import type { VariantFields } from "./product-form-values.ts";

const text = words.options;

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
      setNotice(text.tooMany(outcome.total, variantsMax));
      return;
    }
    const added = outcome.variants.length;
    setNotice(added === 0 ? text.noneAdded : text.added(added, variants.length));
    if (added > 0) onGenerate(outcome.variants);
  };

  return (
    <Stack gap="sm">
      {options.map((option, index) => (
        <div key={option.id} className={classes["option"]}>
          <TextInput
            label={text.name}
            aria-label={text.nameOf(index + 1)}
            placeholder={text.nameExample}
            value={option.name}
            onChange={(event) => change(option.id, { name: event.currentTarget.value })}
            maxLength={50}
          />
          <TagsInput
            label={text.values}
            aria-label={text.valuesOf(option.name, index + 1)}
            placeholder={option.values.length === 0 ? text.valuesExample : ""}
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
            aria-label={text.remove(option.name, index + 1)}
            onClick={() => setOptions(options.filter(({ id }) => id !== option.id))}
          >
            <IconTrash size={16} />
          </ActionIcon>
        </div>
      ))}
      <Group gap="xs">
        <Button variant="default" size="xs" leftSection={<IconPlus size={14} />} onClick={add}>
          {text.add}
        </Button>
        <Button
          variant="light"
          size="xs"
          leftSection={<IconWand size={14} />}
          onClick={generate}
          disabled={!options.some(({ name, values }) => name.trim() !== "" && values.length > 0)}
        >
          {text.generate}
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
