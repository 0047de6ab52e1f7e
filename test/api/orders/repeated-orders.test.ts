import { expect, describe, it, vi } from "vitest";
import { fieldOf } from "../../support/answers.ts";
import { queueBackends } from "../../support/backends.ts";
import { startTestService } from "../../support/service.ts";

const patience = { timeout: 20_000, interval: 100 };

describe.each(queueBackends)("orders that are sent again, with the queue on $name", (backend) => {
  it("hold up no order that was stored together with them", async () => {
    // No sweep comes to the rescue.
    const environment = { SWEEP_AFTER_MS: "3600000" };
    const service = await startTestService({ backend, environment });
    try {
      await service.send("PUT", "/products/TEA", { name: "Tea", unitsInStock: 5_000 });
      let next = 0;
      const client = async (): Promise<void> => {
        while (next < 500) {
          next += 1;
          const order = { reference: `SO-${next}`, lines: [{ sku: "TEA", quantity: 1 }] };
          const first = await service.send("POST", "/orders", order);
          const second = await service.send("POST", "/orders", order);
          expect(fieldOf(second.body, "id")).toBe(fieldOf(first.body, "id"));
        }
      };
      await Promise.all(Array.from({ length: 8 }, client));
      await vi.waitFor(async () => {
        const rows = await service.sql(`select reference from "order" where status = 'pending'`);
        expect(rows).toEqual([]);
      }, patience);
    } finally {
      await service.stop();
    }
  });
});
