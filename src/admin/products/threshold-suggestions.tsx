// Suggests thresholds from the sales of the last 28 days. Nothing changes until the person uses and saves them.

import { Button, Group, Text } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { queryOptions, useQuery } from "@tanstack/react-query";
import { suggestedThresholdsSchema } from "../../contract/reports.ts";
import { read } from "../http/request.ts";
import { useMay } from "../session/session.ts";
import { productForm } from "../words/en/products/form.ts";
import { applySuggestions, type Suggestion, usableSuggestions } from "./apply-suggestions.ts";
import type { ProductFields } from "./product-form-values.ts";
import { productPath } from "./product-queries.ts";

const text = productForm.suggestions;

function suggestionsQuery(sku: string) {
  return queryOptions({
    queryKey: ["products", "suggested-thresholds", sku],
    queryFn: ({ signal }) =>
      read(`${productPath(sku)}/suggested-thresholds`, suggestedThresholdsSchema, { signal }),
    staleTime: 60_000,
  });
}

type ThresholdSuggestionsProps = {
  readonly form: UseFormReturnType<ProductFields>;
  /** The SKU of the stored product. */
  readonly sku: string;
};

/** The suggestions and the button that uses them; nothing if there are none. */
export function ThresholdSuggestions({ form, sku }: ThresholdSuggestionsProps) {
  const may = useMay();
  const { data } = useQuery({ ...suggestionsQuery(sku), enabled: may("stock:read") });
  const suggestions = usableSuggestions(data?.data ?? [], form.values);
  const [first] = suggestions;
  if (first === undefined) return null;
  return (
    <Group gap="sm">
      <Button
        variant="default"
        size="xs"
        onClick={() => form.setValues(applySuggestions(form.values, suggestions))}
      >
        {text.use}
      </Button>
      <Text size="sm" c="dimmed" flex={1} miw="14rem">
        {suggestions.length === 1 ? suggestionWords(first) : text.several(suggestions.length)}{" "}
        {text.rule}
      </Text>
    </Group>
  );
}

function suggestionWords({ unitsSold, days, suggested }: Suggestion): string {
  if (suggested === null) return "";
  const { stockAlertThreshold, outOfStockThreshold } = suggested;
  return text.one(
    { units: unitsSold, days },
    { warn: stockAlertThreshold, stop: outOfStockThreshold },
  );
}
