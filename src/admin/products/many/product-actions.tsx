// What can be done with the chosen products, and how it went.

import { Alert, Button, Group, Text } from "@mantine/core";
import { useState } from "react";
import { ActionBar, ActionDock } from "../../lists/action-bar.tsx";
import { RefusedItems } from "../../lists/refused-items.tsx";
import type { Selection } from "../../lists/use-selection.ts";
import { useMay } from "../../session/session.ts";
import { count } from "../../words/numbers.ts";
import type { Product } from "../product-queries.ts";
import { ChangeDialog } from "./change-dialog.tsx";
import { ReceiveDialog } from "./receive-dialog.tsx";
import { useProductChanges } from "./use-product-changes.ts";

/** The bar and the notices. */
export function ProductActions({ selection }: { selection: Selection<Product> }) {
  const may = useMay();
  const [open, setOpen] = useState<"change" | "receive" | null>(null);
  const [wasUndone, setWasUndone] = useState(false);
  const changes = useProductChanges();
  const { chosen, clear } = selection;
  const { outcome } = changes;
  return (
    <ActionDock>
      <RefusedItems
        refused={changes.refused}
        all={outcome?.all ?? changes.refused.length}
        onClose={changes.clearRefused}
      />
      {outcome !== undefined && outcome.done > 0 && (
        <Alert
          role="status"
          color="teal"
          withCloseButton
          closeButtonLabel="Close"
          onClose={changes.close}
        >
          <Group gap="sm">
            <Text size="sm">
              {count(outcome.done, "product")} {outcome.done === 1 ? "has" : "have"}{" "}
              {wasUndone ? "the old settings again." : "changed."}
            </Text>
            {!wasUndone && (
              <Button
                size="xs"
                variant="default"
                loading={changes.isSending}
                onClick={() => {
                  setWasUndone(true);
                  changes.undo();
                }}
              >
                Undo
              </Button>
            )}
          </Group>
        </Alert>
      )}
      <ActionBar chosen={chosen.length} onClear={clear}>
        {may("catalogue:write") && (
          <Button size="xs" loading={changes.isSending} onClick={() => setOpen("change")}>
            Change settings
          </Button>
        )}
        {may("stock:write") && (
          <Button size="xs" variant="default" onClick={() => setOpen("receive")}>
            Receive
          </Button>
        )}
      </ActionBar>
      {open === "change" && (
        <ChangeDialog
          products={chosen}
          onSave={(list) => {
            setWasUndone(false);
            changes.run(list);
            clear();
          }}
          onClose={() => setOpen(null)}
        />
      )}
      {open === "receive" && (
        <ReceiveDialog
          products={chosen}
          onClose={() => {
            setOpen(null);
            clear();
          }}
        />
      )}
    </ActionDock>
  );
}
