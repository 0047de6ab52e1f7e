// What can be done with the chosen products, and how it went.

import { Button } from "@mantine/core";
import { useState } from "react";
import { ActionBar, ActionDock } from "../../lists/action-bar.tsx";
import { ManyDone } from "../../lists/many-done.tsx";
import { RefusedItems } from "../../lists/refused-items.tsx";
import type { Selection } from "../../lists/use-selection.ts";
import { useMay } from "../../session/session.ts";
import { manyProducts as text } from "../../words/en/products/many.ts";
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
      {outcome !== undefined && outcome.done.length > 0 && (
        <ManyDone
          isSending={changes.isSending}
          onUndo={
            wasUndone
              ? undefined
              : () => {
                  setWasUndone(true);
                  changes.undo();
                }
          }
          onClose={changes.close}
        >
          {wasUndone
            ? text.change.undone(outcome.done.length)
            : text.change.done(outcome.done.length)}
        </ManyDone>
      )}
      <ActionBar chosen={chosen.length} onClear={clear}>
        {may("catalogue:write") && (
          <Button size="xs" loading={changes.isSending} onClick={() => setOpen("change")}>
            {text.actions.change}
          </Button>
        )}
        {may("stock:write") && (
          <Button size="xs" variant="default" onClick={() => setOpen("receive")}>
            {text.actions.receive}
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
