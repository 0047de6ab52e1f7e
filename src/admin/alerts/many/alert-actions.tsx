// What can be done with the chosen alerts, and how it went.

import { Button } from "@mantine/core";
import { useState } from "react";
import type { AlertReply } from "../../../contract/alerts.ts";
import { ActionBar, ActionDock } from "../../lists/action-bar.tsx";
import { ManyDone } from "../../lists/many-done.tsx";
import { RefusedItems } from "../../lists/refused-items.tsx";
import type { Selection } from "../../lists/use-selection.ts";
import { manyAlerts } from "../../words/en/many.ts";
import { day } from "../../words/time.tsx";
import type { Said } from "../alert-queries.ts";
import { SnoozeDialog } from "./snooze-dialog.tsx";
import { useAlertChanges } from "./use-alert-changes.ts";

/** The bar and the notices. */
export function AlertActions({ selection }: { selection: Selection<AlertReply> }) {
  const { chosen, clear } = selection;
  const [isSnoozing, setIsSnoozing] = useState(false);
  const { run, undo, isSending, outcome, refused, clearRefused, close } = useAlertChanges(clear);
  const say = (said: Said): void => run(chosen.map((alert) => ({ alert, said })));
  const [first] = outcome?.done ?? [];
  const wasUndone = first?.item.undoes !== undefined;
  return (
    <ActionDock>
      <RefusedItems
        refused={refused}
        all={outcome?.all ?? refused.length}
        one="alert"
        onClose={clearRefused}
      />
      {outcome !== undefined && first !== undefined && (
        <ManyDone isSending={isSending} onUndo={wasUndone ? undefined : undo} onClose={close}>
          {doneWords(outcome.done.length, first.item.said, wasUndone)}
        </ManyDone>
      )}
      <ActionBar chosen={chosen.length} onClear={clear}>
        <Button size="xs" loading={isSending} onClick={() => say({ acknowledged: true })}>
          {manyAlerts.acknowledge(chosen.length)}
        </Button>
        <Button
          size="xs"
          variant="default"
          disabled={isSending}
          onClick={() => setIsSnoozing(true)}
        >
          {manyAlerts.snooze}
        </Button>
      </ActionBar>
      {isSnoozing && (
        <SnoozeDialog
          chosen={chosen.length}
          onSnooze={(until) => say({ snoozedUntil: until.toISOString() })}
          onClose={() => setIsSnoozing(false)}
        />
      )}
    </ActionDock>
  );
}

function doneWords(done: number, { snoozedUntil }: Said, wasUndone: boolean): string {
  if (wasUndone) return manyAlerts.undone(done);
  return typeof snoozedUntil === "string"
    ? manyAlerts.snoozed(done, day(snoozedUntil))
    : manyAlerts.acknowledged(done);
}
