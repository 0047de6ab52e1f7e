// A product's threshold in the list. Whoever may edit products changes it in place.

import { Center, Loader, Popover, UnstyledButton } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { createPart } from "../parts/create-part.tsx";
import { useMay } from "../session/session.ts";
import { counts } from "../words/en/products/counts.ts";
import { number } from "../words/numbers.ts";
import type { Product } from "./product-queries.ts";
import classes from "./products.module.css";

const ThresholdForm = createPart(
  async () => (await import("./many/threshold-form.tsx")).ThresholdForm,
  {
    what: counts.form.what,
    whileLoading: (
      <Center mih={120}>
        <Loader size="sm" aria-label={counts.form.loading} />
      </Center>
    ),
  },
);

/** The cell. */
export function ThresholdCell({ product }: { product: Product }) {
  const may = useMay();
  const [opened, { toggle, close }] = useDisclosure(false);
  const { sku, stockAlertThreshold, trackInventory } = product;
  const threshold = stockAlertThreshold ?? null;
  const text = threshold === null ? "–" : number(threshold);
  if (!trackInventory || !may("catalogue:write")) return text;
  return (
    <Popover
      opened={opened}
      onChange={(isOpen) => {
        if (!isOpen) close();
      }}
      trapFocus
      returnFocus
      withArrow
      shadow="md"
      width={260}
    >
      <Popover.Target>
        <UnstyledButton
          className={classes["threshold"] ?? ""}
          onClick={toggle}
          aria-label={counts.threshold.change(sku, threshold)}
        >
          {text}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown aria-label={counts.threshold.of(sku)}>
        {opened && <ThresholdForm product={product} onDone={close} />}
      </Popover.Dropdown>
    </Popover>
  );
}
