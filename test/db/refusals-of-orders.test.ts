// What the database itself refuses about orders, alerts, mails and people.

import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { insertProduct, levelId } from "./support/insert-catalogue.ts";
import { useClient } from "./support/use-client.ts";

const { client } = useClient();

const query = (sql: string, values: readonly unknown[] = []) => client().query(sql, [...values]);

/** The constraint that refused the statement, or null where it went through. */
async function refusedBy(sql: string, values: readonly unknown[] = []): Promise<unknown> {
  return query(sql, values).then(
    () => null,
    ({ constraint }: { constraint?: string }) => constraint,
  );
}

let level: number;

beforeAll(async () => {
  await insertProduct(client(), "POT");
  level = await levelId(client(), "POT");
});

describe("an order", () => {
  const insert = `insert into "order" (id, reference, fingerprint, requested, accepted_by, status)
    values ($1, $2, '', '[]', 'key', $3)`;

  test("with a reference that another one has is refused", async () => {
    expect(await refusedBy(insert, [randomUUID(), "W-1", "pending"])).toBeNull();
    expect(await refusedBy(insert, [randomUUID(), "W-1", "pending"])).toBe("order_reference");
  });

  test("in a state that does not exist is refused", async () => {
    expect(await refusedBy(insert, [randomUUID(), "W-2", "shipped"])).toBe("order_status_check");
  });
});

describe("an order line", () => {
  const insert = `insert into order_line
      (order_id, line, item_id, holder_id, quantity, allocated, pre_ordered, restocked)
    values ($1, 0, 1, 1, $2, $3, $4, $5)`;

  test("restocked up to what it took and gave up is accepted, and above it refused", async () => {
    const order = randomUUID();
    expect(await refusedBy(insert, [order, 5, 3, 2, 0])).toBeNull();
    const giveUp = `update order_line set cancelled = cancelled + $2, released = released + $3,
      pre_ordered = pre_ordered - $3 where order_id = $1`;
    expect(await refusedBy(giveUp, [order, 1, 2])).toBe("order_line_released_within_given_up");
    expect(await refusedBy(giveUp, [order, 5, 2])).toBeNull();
    expect(await refusedBy(giveUp, [order, 1, 0])).toBe("order_line_given_up_within_quantity");
    const restock = "update order_line set restocked = restocked + $2 where order_id = $1";
    expect(await refusedBy(restock, [order, 3])).toBeNull();
    expect(await refusedBy(restock, [order, 1])).toBe("order_line_restocked_within_given_up");
    expect(await refusedBy(restock, [order, -4])).toBe("order_line_restocked_within_given_up");
  });

  test("that got more than was ordered, or less than nothing, is refused", async () => {
    const within = "order_line_served_within_quantity";
    expect(await refusedBy(insert, [randomUUID(), 5, 4, 2, 0])).toBe(within);
    expect(await refusedBy(insert, [randomUUID(), 5, -1, 2, 0])).not.toBeNull();
    expect(await refusedBy(insert, [randomUUID(), 5, 2, -1, 0])).toBe(within);
    expect(await refusedBy(insert, [randomUUID(), 0, 0, 0, 0])).toBe("order_line_quantity_check");
  });
});

describe("an alert", () => {
  const open = `insert into stock_alert (id, level_id, opened_as, state, opened_units, opened_limit)
    values ($1, $2, 'low', 'low', 1, 5)`;

  test("on a level that has an open one is refused, until that one has ended", async () => {
    expect(await refusedBy(open, [randomUUID(), level])).toBeNull();
    expect(await refusedBy(open, [randomUUID(), level])).toBe("stock_alert_one_open");
    await query("update stock_alert set ended_at = now() where level_id = $1", [level]);
    expect(await refusedBy(open, [randomUUID(), level])).toBeNull();
    const reopen = "update stock_alert set ended_at = null where level_id = $1";
    expect(await refusedBy(reopen, [level])).toBe("stock_alert_one_open");
  });
});

describe("a mail", () => {
  const insert = `insert into mail
      (id, template_code, alert_id, notice, to_name, to_email, data, message_id, resend_of)
    values ($1, 'shop:low_stock_internal', $2, $3, 'A manager', $4, '{}', $5, $6)`;

  test("with the same news of an alert to the same person is refused, unless it is a resend", async () => {
    const alert = randomUUID();
    const first = randomUUID();
    const to = "manager@example.com";
    await query(
      `insert into stock_alert (id, level_id, opened_as, state, opened_units, opened_limit, ended_at)
       values ($1, $2, 'low', 'low', 1, 5, now())`,
      [alert, level],
    );
    const send = (id: string, notice: string, address: string, resendOf: string | null) =>
      refusedBy(insert, [id, alert, notice, address, `<${id}@example.com>`, resendOf]);
    expect(await send(first, "low", to, null)).toBeNull();
    expect(await send(randomUUID(), "low", to, null)).toBe("mail_once_per_recipient");
    expect(await send(randomUUID(), "low", "other@example.com", null)).toBeNull();
    expect(await send(randomUUID(), "out", to, null)).toBeNull();
    expect(await send(randomUUID(), "low", to, first)).toBeNull();
  });
});

describe("the administration", () => {
  test("refuses a second administrator with the same address in another case", async () => {
    const insert = `insert into admin_user (id, email, name, password_hash, enabled)
      values ($1, $2, 'A person', '', true)`;
    expect(await refusedBy(insert, [randomUUID(), "a@example.com"])).toBeNull();
    expect(await refusedBy(insert, [randomUUID(), "A@Example.com"])).toBe("admin_user_email");
  });

  test("refuses a second store", async () => {
    expect(await refusedBy("insert into store (id, name, link_key) values (2, 'Other', '')")).toBe(
      "store_id_check",
    );
    expect(await refusedBy("insert into store (name, link_key) values ('Other', '')")).toBe(
      "store_pkey",
    );
  });
});
