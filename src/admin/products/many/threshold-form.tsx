// The small form that changes a product's stock alert threshold in the list.

import { Button, Group, Stack } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type SyntheticEvent, useEffect, useRef, useState } from "react";
import { productSchema } from "../../../contract/products.ts";
import { FailureNotice } from "../../forms/failure-notice.tsx";
import { notifyDone } from "../../forms/notify.tsx";
import { anyUnits, type NumberField, unitsFault } from "../../forms/units-field.ts";
import { UnitsInput } from "../../forms/units-input.tsx";
import { useSend } from "../../forms/use-send.ts";
import { send } from "../../http/request.ts";
import { counts } from "../../words/en/products/counts.ts";
import { manyProducts } from "../../words/en/products/many.ts";
import { shared } from "../../words/en/shared.ts";
import { type Product, productPath } from "../product-queries.ts";

const text = manyProducts.threshold;

type ThresholdFormProps = { readonly product: Product; readonly onDone: () => void };

/** The form. An empty field is no threshold. */
export function ThresholdForm({ product, onDone }: ThresholdFormProps) {
  const { sku, name, version, stockAlertThreshold } = product;
  const client = useQueryClient();
  const [value, setValue] = useState<NumberField>(stockAlertThreshold ?? "");
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.select(), []);
  const { run, isSending, problem } = useSend({
    send: (threshold: number | null) =>
      send({
        method: "PATCH",
        path: productPath(sku),
        body: { stockAlertThreshold: threshold },
        version,
        answer: productSchema,
      }),
    onDone: (_saved, threshold) => {
      for (const key of ["products", "stock", "alerts", "overview"]) {
        void client.invalidateQueries({ queryKey: [key] });
      }
      notifyDone(threshold === null ? text.removed(name) : text.set(name, threshold));
      onDone();
    },
  });
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    if (unitsFault(value, anyUnits) !== null) return;
    run(typeof value === "number" ? value : null);
  };
  return (
    <form onSubmit={submit} aria-label={counts.threshold.of(sku)} noValidate>
      <Stack gap="sm">
        {problem !== null && <FailureNotice problem={problem} />}
        <UnitsInput
          ref={field}
          label={text.label}
          description={text.hint}
          value={value}
          onChange={setValue}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" size="xs" onClick={onDone}>
            {shared.cancel}
          </Button>
          <Button type="submit" size="xs" loading={isSending}>
            {shared.save}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
