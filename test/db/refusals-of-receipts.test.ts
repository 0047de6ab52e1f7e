// What the database itself refuses about receipts and expected deliveries.

import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { useClient } from "./support/use-client.ts";

const { client } = useClient();

/** The constraint that refused the statement, or null if it was accepted. */
async function refusedBy(sql: string, values: readonly unknown[] = []): Promise<unknown> {
  return client()
    .query(sql, [...values])
    .then(
      () => null,
      ({ constraint }: { constraint?: string }) => constraint,
    );
}

const insertReceipt = "insert into receipt (id, reference, received_by) values ($1, $2, 'key')";
const insertDelivery = `insert into expected_delivery (id, reference, expected_at, created_by)
  values ($1, $2, now(), 'key')`;

describe("a receipt", () => {
  const insertLine = `insert into receipt_line (receipt_id, line, sku, item_id, level_id, movement_id, units)
    values ($1, $2, $3, 1, 1, 1, $4)`;

  test("with a reference that another one has is refused", async () => {
    expect(await refusedBy(insertReceipt, [randomUUID(), "R-1"])).toBeNull();
    expect(await refusedBy(insertReceipt, [randomUUID(), "R-1"])).toBe("receipt_reference_key");
  });

  test("has lines with units, one for each SKU, and only of itself", async () => {
    const id = randomUUID();
    await refusedBy(insertReceipt, [id, "R-2"]);
    expect(await refusedBy(insertLine, [id, 1, "MUG", 0])).toBe("receipt_line_units_check");
    expect(await refusedBy(insertLine, [id, 1, "MUG", 5])).toBeNull();
    expect(await refusedBy(insertLine, [id, 2, "MUG", 5])).toBe("receipt_line_receipt_id_sku_key");
    const stranger = [randomUUID(), 1, "MUG", 5];
    expect(await refusedBy(insertLine, stranger)).toBe("receipt_line_receipt_id_fkey");
  });
});

describe("an expected delivery", () => {
  const insertLine = `insert into expected_delivery_line (delivery_id, line, sku, units, received)
    values ($1, $2, $3, $4, $5)`;

  test("with a reference that another one has is refused", async () => {
    expect(await refusedBy(insertDelivery, [randomUUID(), "D-1"])).toBeNull();
    const again = await refusedBy(insertDelivery, [randomUUID(), "D-1"]);
    expect(again).toBe("expected_delivery_reference_key");
  });

  test("is closed by somebody, and has a reason only then", async () => {
    const id = randomUUID();
    await refusedBy(insertDelivery, [id, "D-2"]);
    const close = "update expected_delivery set closed_at = now() where id = $1";
    expect(await refusedBy(close, [id])).toBe("expected_delivery_closed_by_somebody");
    const reason = "update expected_delivery set close_reason = 'lost' where id = $1";
    expect(await refusedBy(reason, [id])).toBe("expected_delivery_reason_of_closing");
  });

  test("has lines that are expected or have come, one for each SKU, and counts what is on its way", async () => {
    const id = randomUUID();
    await refusedBy(insertDelivery, [id, "D-3"]);
    const empty = await refusedBy(insertLine, [id, 1, "MUG", 0, 0]);
    expect(empty).toBe("expected_delivery_line_not_empty");
    const below = await refusedBy(insertLine, [id, 1, "MUG", 5, -1]);
    expect(below).toBe("expected_delivery_line_received_check");
    const lines = [
      ["MUG", 5, 2],
      ["TEA", 5, 7],
      ["TIN", 0, 1],
    ];
    for (const [index, line] of lines.entries()) {
      expect(await refusedBy(insertLine, [id, index, ...line])).toBeNull();
    }
    const again = await refusedBy(insertLine, [id, 9, "MUG", 1, 0]);
    expect(again).toBe("expected_delivery_line_delivery_id_sku_key");
    const incoming = async () =>
      (
        await client().query<{ incoming: string }>(
          "select incoming from expected_delivery_line where delivery_id = $1 order by line",
          [id],
        )
      ).rows.map((row) => Number(row.incoming));
    expect(await incoming()).toEqual([3, 0, 0]);
    await refusedBy("update expected_delivery_line set is_closed = true where delivery_id = $1", [
      id,
    ]);
    expect(await incoming()).toEqual([0, 0, 0]);
  });
});
