// Undoes a receipt: each change of a count that it made, by a counter-entry that names it. Units that were sold, promised or
// taken since are gone, so their change stays, and the person is told which.

import type { QueryClient } from "@tanstack/react-query";
import type { ReceiptReply } from "../../contract/receipts.ts";
import { notifyDone, notifyNotDone } from "../forms/notify.tsx";
import { sendUndo, undoRefusedWords } from "../products/undo.ts";
import { receipt as receiptText } from "../words/en/receiving/receipt.ts";
import { refreshReceiving } from "./receiving-queries.ts";

const text = receiptText.undo;

/** A change of a count that a receipt made and that nobody has undone. */
type Change = { readonly sku: string; readonly id: string; readonly units: number };

/** The changes that can be undone. Lines whose units went to one count share a change. */
export function changesOf({ lines }: ReceiptReply): readonly Change[] {
  const open = lines.filter(({ movement }) => movement.undoneBy === null);
  return [
    ...new Map(
      open.map(({ holder, movement: { id, change } }) => [
        id,
        { sku: holder.sku, id, units: change },
      ]),
    ).values(),
  ];
}

/** Undoes them one after the other, and tells what was undone and what was not. */
export async function undoReceipt(client: QueryClient, receipt: ReceiptReply): Promise<void> {
  const refused: string[] = [];
  let units = 0;
  for (const change of changesOf(receipt)) {
    try {
      // One at a time: a receipt has up to a thousand, and each locks a count.
      // eslint-disable-next-line no-await-in-loop
      await sendUndo(change);
      units += change.units;
    } catch (error) {
      refused.push(text.refused(change.sku, undoRefusedWords(error)));
    }
  }
  await refreshReceiving(client);
  const done = text.done(units, receipt.reference);
  if (refused.length === 0) notifyDone(done);
  else notifyNotDone(units > 0 ? done : text.nothing, refused);
}
