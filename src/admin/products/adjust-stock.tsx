// The button that opens the form of a stock adjustment.

import { ActionIcon, Button, Center, Loader, Popover } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconPencil } from "@tabler/icons-react";
import { createPart } from "../parts/create-part.tsx";
import { counts as text } from "../words/en/products/counts.ts";

/** Loaded when it is first opened, because the product list is often the first page. */
const AdjustStockForm = createPart(
  async () => (await import("./adjust-stock-form.tsx")).AdjustStockForm,
  {
    what: text.form.what,
    whileLoading: (
      <Center mih={120}>
        <Loader size="sm" aria-label={text.form.loading} />
      </Center>
    ),
  },
);

type AdjustStockProps = {
  readonly sku: string;
  /** The count on the screen. */
  readonly units: number;
  /** What the form is opened for. Without it, the button is a pencil, and the form asks. */
  readonly act?: "set" | "take" | "add";
};

/** The button with its form. */
export function AdjustStock({ sku, units, act }: AdjustStockProps) {
  const [opened, { toggle, close }] = useDisclosure(false);
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
      width={300}
      position="bottom-end"
    >
      <Popover.Target>
        {act === undefined ? (
          <ActionIcon
            variant="subtle"
            color="gray"
            onClick={toggle}
            aria-label={text.adjust.stockOf(sku)}
          >
            <IconPencil size={16} />
          </ActionIcon>
        ) : (
          <Button
            variant="default"
            size="xs"
            onClick={toggle}
            aria-label={text.adjust[act].one(sku)}
          >
            {text.adjust[act].label}
          </Button>
        )}
      </Popover.Target>
      <Popover.Dropdown aria-label={text.adjust.stockOf(sku)}>
        {opened && <AdjustStockForm sku={sku} units={units} act={act ?? "add"} onDone={close} />}
      </Popover.Dropdown>
    </Popover>
  );
}
