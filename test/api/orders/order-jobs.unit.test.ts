import { describe, expect, it } from "vitest";
import { assignJobs, jobsOf } from "../../../src/api/orders/order-jobs.ts";
import type { IntakeOutcome, NewOrder } from "../../../src/db/orders/insert-orders.ts";
import { jobOrdersMax } from "../../../src/queues/jobs/process-order.ts";

const orderOf = (id: string): NewOrder => ({
  id,
  reference: `R-${id}`,
  fingerprint: "",
  lines: [
    { sku: "A", quantity: 1 },
    { sku: "B", quantity: 2 },
  ],
  customer: null,
  note: null,
  payBy: null,
  acceptedBy: "key:test",
  awaited: false,
});
const accepted = (id: string): IntakeOutcome => ({ kind: "accepted", id, status: "pending" });

describe("the job of an order", () => {
  it("that comes alone goes by the order's own id", () => {
    expect(assignJobs([orderOf("1")])).toMatchObject([{ id: "1", jobId: "1" }]);
  });

  it("is shared by those that come together, up to so many", () => {
    const orders = Array.from({ length: jobOrdersMax + 2 }, (_none, index) => orderOf(`${index}`));
    const jobIds = assignJobs(orders).map(({ jobId }) => jobId);
    expect(jobIds.slice(0, jobOrdersMax)).toEqual(Array(jobOrdersMax).fill("0"));
    expect(jobIds.slice(jobOrdersMax)).toEqual([`${jobOrdersMax}`, `${jobOrdersMax}`]);
  });

  it("names each order that was accepted, by its reference", () => {
    const orders = assignJobs([orderOf("1"), orderOf("2")]);
    expect(jobsOf(orders, [accepted("1"), accepted("2")])).toEqual([
      {
        id: "1",
        data: {
          v: 2,
          orders: [
            { order: "1", reference: "R-1", lines: 2 },
            { order: "2", reference: "R-2", lines: 2 },
          ],
        },
      },
    ]);
  });

  it("says where somebody waits for one of them", () => {
    const orders = assignJobs([orderOf("1"), { ...orderOf("2"), awaited: true }]);
    expect(jobsOf(orders, [accepted("1"), accepted("2")])).toMatchObject([
      { data: { awaited: true } },
    ]);
  });

  it("leaves out what was refused, and what has ended", () => {
    const orders = assignJobs(["1", "2", "3"].map((id) => orderOf(id)));
    const outcomes: IntakeOutcome[] = [
      { kind: "refused", lines: [], payBy: null },
      accepted("2"),
      { kind: "known", id: "0", status: "confirmed", waitsLong: false },
    ];
    expect(jobsOf(orders, outcomes)).toMatchObject([
      { id: "1", data: { orders: [{ order: "2" }] } },
    ]);
  });

  it("leaves out an order that was announced a moment ago, when it is sent again", () => {
    const outcomes: IntakeOutcome[] = [
      accepted("1"),
      { kind: "known", id: "0", status: "pending", waitsLong: false },
    ];
    expect(jobsOf(assignJobs([orderOf("1"), orderOf("2")]), outcomes)).toMatchObject([
      { id: "1", data: { orders: [{ order: "1" }] } },
    ]);
  });

  it("announces an order that has waited long by a job that no other order can have", () => {
    const id = "01981111-2222-7333-8444-555555555555";
    const outcomes: IntakeOutcome[] = [
      accepted("1"),
      { kind: "known", id, status: "pending", waitsLong: true },
    ];
    expect(jobsOf(assignJobs([orderOf("1"), orderOf("2")]), outcomes)).toMatchObject([
      { id: "1", data: { orders: [{ order: "1" }] } },
      {
        id: "01981111-2222-8333-8444-555555555555",
        data: { orders: [{ order: id, reference: "R-2" }] },
      },
    ]);
  });
});
