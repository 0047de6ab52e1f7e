import * as fc from "fast-check";
import { expect, it } from "vitest";
import { createFifo } from "../../src/flow/fifo.ts";

it("is an array from which the first or the last is taken", () => {
  const someSteps = fc.array(fc.constantFrom("add", "add", "take", "take-newest"), {
    maxLength: 400,
  });
  fc.assert(
    fc.property(someSteps, (steps) => {
      const fifo = createFifo<number>();
      const model: number[] = [];
      for (const [number, step] of steps.entries()) {
        if (step === "add") {
          fifo.add(number);
          model.push(number);
        } else if (step === "take") expect(fifo.take()).toBe(model.shift());
        else expect(fifo.takeNewest()).toBe(model.pop());
        expect([fifo.size(), fifo.first()]).toEqual([model.length, model[0]]);
      }
    }),
  );
});
