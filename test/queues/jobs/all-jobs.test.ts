import { describe, expect, it } from "vitest";
import { jobNames, jobs } from "../../../src/queues/jobs/all-jobs.ts";
import { alertJob, checkLowStock } from "../../../src/queues/jobs/check-low-stock.ts";
import { orderAgainJob, ordersJob, processOrder } from "../../../src/queues/jobs/process-order.ts";
import { mailJob, sendMail } from "../../../src/queues/jobs/send-mail.ts";

const id = "01981111-2222-7333-8444-555555555555";
const order = { id, reference: "SO-1", lines: 2 };

describe("the list of jobs", () => {
  it("has each job under its own name", () => {
    expect(Object.entries(jobs).map(([key, { name }]) => [key, name])).toEqual(
      jobNames.map((name) => [name, name]),
    );
  });

  it("gives each job a queue of its own", () => {
    const queues = Object.values(jobs).map(({ queue }) => queue);
    expect(new Set(queues).size).toBe(queues.length);
  });
});

describe("a job's payload", () => {
  it.each([
    ["orders", processOrder, ordersJob(id, [order, { ...order, awaited: true }])],
    ["an order that is announced again", processOrder, orderAgainJob(order)],
    ["an alert", checkLowStock, alertJob({ id, sku: "MUG", notice: "out", number: 2 })],
    ["a mail", sendMail, mailJob({ id, to: "ann@example.com", about: "MUG" })],
  ])("of %s is read by the job's own schema", (_what, { payloadSchema }, { data }) => {
    expect(payloadSchema.parse(data)).toMatchObject(data);
  });
});

describe("what the board shows of a job", () => {
  const orders = (count: number, prefix = "SO-") => {
    const { data } = ordersJob(
      id,
      Array.from({ length: count }, (_none, index) => ({
        ...order,
        reference: `${prefix}${index + 1}`,
      })),
    );
    return processOrder.payloadSchema.parse(data);
  };
  const mail = sendMail.payloadSchema.parse(
    mailJob({ id, to: "ann@example.com", about: "MUG" }).data,
  );

  it.each([
    ["an order", processOrder.titleOf(orders(1)), "Order SO-1 (2 lines)"],
    ["orders", processOrder.titleOf(orders(2)), "2 orders: SO-1, SO-2"],
    [
      "orders with long references",
      processOrder.titleOf(orders(50, "x".repeat(60))),
      `50 orders: ${"x".repeat(60)}1, ${"x".repeat(60)}2 and 48 more`,
    ],
    [
      "orders with references that are longer than a title",
      processOrder.titleOf(orders(3, "x".repeat(180))),
      `3 orders: ${"x".repeat(180)}1 and 2 more`,
    ],
    [
      "a low stock",
      checkLowStock.titleOf({ v: 1, alert: id, sku: "MUG", notice: "low" }),
      "MUG runs low",
    ],
    [
      "the last unit",
      checkLowStock.titleOf({ v: 1, alert: id, sku: "MUG", notice: "out" }),
      "MUG is out of stock",
    ],
    ["a mail", sendMail.titleOf(mail), "Mail to ann@example.com about MUG"],
  ])("names %s", (_what, title, expected) => {
    expect(title).toBe(expected);
  });

  it.each([
    ["an order", processOrder.pageOf(orders(1)), `/admin/orders/${id}`],
    ["several orders", processOrder.pageOf(orders(2)), "/admin/orders"],
    ["orders that can't be read", processOrder.pageOf(null), "/admin/orders"],
    ["an alert", checkLowStock.pageOf(), "/admin/alerts"],
    ["a mail", sendMail.pageOf(mail), `/admin/settings/mails/${id}`],
    ["a mail that can't be read", sendMail.pageOf(null), "/admin/settings/mails/"],
  ])("links to %s", (_what, { href }, expected) => {
    expect(href).toBe(expected);
  });
});
