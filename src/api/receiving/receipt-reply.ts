// Turns stored receipts into replies.

import type { ReceiptEntryReply, ReceiptReply } from "../../contract/receipts.ts";
import type { ReceiptEntry, StoredReceipt } from "../../db/receiving/read-receipts.ts";

/** A receipt with its lines. */
export function toReceiptReply(stored: StoredReceipt): ReceiptReply {
  const { lines, receivedAt, ...receipt } = stored;
  return {
    ...receipt,
    receivedAt: receivedAt.toISOString(),
    lines: lines.map(({ holder, movement, ...line }) => ({
      ...line,
      holder: { kind: holder.isVariant ? "variant" : "product", sku: holder.sku },
      unitsAfter: movement.unitsAfter,
      movement: {
        ...movement,
        kind: "receipt",
        at: new Date(movement.at).toISOString(),
        actor: receipt.receivedBy,
        reason: "receipt",
        note: receipt.note,
        order: null,
        countedUnits: null,
        undoes: null,
      },
    })),
  };
}

/** A receipt in a list. */
export function toReceiptEntry(stored: ReceiptEntry): ReceiptEntryReply {
  return { ...stored, receivedAt: stored.receivedAt.toISOString() };
}
