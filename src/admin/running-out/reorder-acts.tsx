// What can be done with the items that are to be reordered: those that are chosen, or all of them.

import { Button, Group, Text } from "@mantine/core";
import { useState } from "react";
import { Link } from "react-router";
import { notifyDone, notifyFailed } from "../forms/notify.tsx";
import { ExportButton } from "../lists/export-button.tsx";
import type { ChosenLines } from "../receiving/chosen-lines.ts";
import { useMay } from "../session/session.ts";
import { runningOut as text } from "../words/en/running-out.ts";
import { SupplierMailDialog, type WantedItem } from "./supplier-mail-dialog.tsx";

type ReorderActsProps = {
  readonly items: readonly WantedItem[];
  /** Whether these were chosen. If not, they are all that are to be reordered. */
  readonly areChosen: boolean;
  readonly times: Readonly<Record<string, string>>;
};

/** The buttons; nothing if nothing is to be reordered. */
export function ReorderActs({ items, areChosen, times }: ReorderActsProps) {
  const may = useMay();
  const [isMailing, setIsMailing] = useState(false);
  if (items.length === 0) return null;
  const chosen: ChosenLines = { lines: [...items] };
  const lines = items.map(({ sku, name, units }) => text.item(units, name, sku));
  const copy = (): void => {
    navigator.clipboard
      .writeText(`${lines.join("\n")}\n`)
      .then(() => notifyDone(text.acts.copied(items.length)), notifyFailed);
  };
  return (
    <Group gap="xs">
      {may("stock:write") && (
        <Button component={Link} to="/new-delivery" state={chosen}>
          {text.markOrdered(items.length)}
        </Button>
      )}
      {may("mails:write") && (
        <Button variant="default" onClick={() => setIsMailing(true)}>
          {text.acts.mail}
        </Button>
      )}
      <Button variant="default" onClick={copy}>
        {text.acts.copy}
      </Button>
      <ExportButton path="/reorder-export" query={times} />
      <Text size="sm" c="dimmed" role="status">
        {areChosen ? text.acts.chosen(items.length) : text.acts.all}
      </Text>
      {isMailing && <SupplierMailDialog items={items} onClose={() => setIsMailing(false)} />}
    </Group>
  );
}
