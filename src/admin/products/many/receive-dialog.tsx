// The dialog that receives units of many items at once.

import { Button, Group, Modal, ScrollArea, Stack, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type SyntheticEvent, useState } from "react";
import { bulkAdjustedSchema } from "../../../contract/stock-adjustments.ts";
import { FailureNotice } from "../../forms/failure-notice.tsx";
import { notifyDone } from "../../forms/notify.tsx";
import { noNegativeUnits, type NumberField, unitsFault } from "../../forms/units-field.ts";
import { UnitsInput } from "../../forms/units-input.tsx";
import { useSend } from "../../forms/use-send.ts";
import { send } from "../../http/request.ts";
import { useIdempotencyKey } from "../../http/use-idempotency-key.ts";
import { readRefused, type RefusedItem, RefusedItems } from "../../lists/refused-items.tsx";
import { manyProducts } from "../../words/en/products/many.ts";
import { shared } from "../../words/en/shared.ts";
import type { Product } from "../product-queries.ts";
import { holdersOf } from "../stock-holders.ts";

const text = manyProducts.receive;

type ReceiveDialogProps = { readonly products: readonly Product[]; readonly onClose: () => void };

const refresh = ["products", "stock", "alerts", "orders", "pre-orders", "overview"] as const;

/** The dialog. It stays open if some items are refused, and names them. */
export function ReceiveDialog({ products, onClose }: ReceiveDialogProps) {
  const client = useQueryClient();
  const [units, setUnits] = useState<Readonly<Record<string, NumberField>>>({});
  const [refused, setRefused] = useState<readonly RefusedItem[]>([]);
  const { keyFor, onError } = useIdempotencyKey();
  const items = products.flatMap((product) =>
    holdersOf(product).map((holder) => ({ ...holder, product: product.name })),
  );
  const adjustments = items.flatMap(({ sku }) => {
    const delta = units[sku];
    return typeof delta === "number" && delta > 0 ? [{ sku, delta, kind: "receipt" }] : [];
  });
  const isUnreadable = Object.values(units).some(
    (value) => unitsFault(value, noNegativeUnits) !== null,
  );
  const sending = useSend({
    send: (_none: undefined) => {
      const body = { adjustments };
      const idempotencyKey = keyFor(body);
      return send({
        method: "POST",
        path: "/stock/adjustments",
        body,
        idempotencyKey,
        answer: bulkAdjustedSchema,
      });
    },
    onDone: async ({ outcomes }) => {
      const failed = outcomes.flatMap((outcome) =>
        "problem" in outcome
          ? [{ name: outcome.sku ?? text.unnamed, problem: outcome.problem }]
          : [],
      );
      const done = outcomes.length - failed.length;
      if (done > 0) notifyDone(text.done(done));
      await Promise.all(refresh.map((key) => client.invalidateQueries({ queryKey: [key] })));
      if (failed.length === 0) return onClose();
      const names = new Set(failed.map(({ name }) => name));
      setUnits(Object.fromEntries(Object.entries(units).filter(([sku]) => names.has(sku))));
      return setRefused(await readRefused(failed));
    },
    onRefused: onError,
  });
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    if (adjustments.length > 0 && !isUnreadable) sending.run(undefined);
  };
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={text.title}
      scrollAreaComponent={ScrollArea.Autosize}
    >
      <form onSubmit={submit} noValidate>
        <Stack>
          {sending.problem !== null && <FailureNotice problem={sending.problem} />}
          <RefusedItems
            refused={refused}
            all={sending.answer?.outcomes.length ?? 0}
            onClose={() => setRefused([])}
          />
          {items.map(({ sku, label, product, units: now }, at) => (
            <UnitsInput
              key={sku}
              label={text.item(product, label)}
              description={text.unitsNow(sku, now)}
              limits={noNegativeUnits}
              value={units[sku] ?? ""}
              onChange={(value) => setUnits({ ...units, [sku]: value })}
              {...(at === 0 ? { "data-autofocus": true } : {})}
            />
          ))}
          {items.length === 0 && <Text size="sm">{text.untracked}</Text>}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {shared.cancel}
            </Button>
            <Button
              type="submit"
              loading={sending.isSending}
              disabled={adjustments.length === 0 || isUnreadable}
            >
              {adjustments.length === 0
                ? text.noUnits
                : text.units(adjustments.reduce((sum, { delta }) => sum + delta, 0))}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
