// The arithmetic in Scaling, against what was measured.

import { expect, it } from "vitest";
import { readConfig } from "../../src/config.ts";
import { readText, tableBelow } from "./markdown.ts";

const parts = ["API", "worker", "PostgreSQL", "Redis"];
const wanted = 100_000;

it("the processor time of an order is that of Performance, and the cores follow from it", () => {
  const [worker, postgres, redis, api] =
    tableBelow("docs/performance.md", "What an order costs")
      .find(([what]) => what === "through")
      ?.slice(1)
      .map((cell) => Number.parseInt(cell, 10)) ?? [];
  const measured = [api, worker, postgres, redis].map((micros = Number.NaN) => micros);
  expect(tableBelow("docs/scaling.md", "What an order costs")).toEqual(
    parts.map((part, place) => {
      const micros = measured[place] ?? Number.NaN;
      return [part, `${micros} µs`, ((micros * wanted) / 1e6).toFixed(1)];
    }),
  );
});

it("names the defaults and the rate from which the number of installations follows", () => {
  const text = readText("docs/scaling.md");
  const { BATCH_ORDERS_MAX: batch, DATABASE_POOL: pool } = readConfig({});
  expect(text).toContain(`\`BATCH_ORDERS_MAX\` orders (${batch})`);
  expect(text).toMatch(
    new RegExp(`up to ${pool} to PostgreSQL\\s+for its work \\(\`DATABASE_POOL\`\\)`),
  );
  const rateOf = (figure: string) =>
    tableBelow("docs/performance.md", "Figures")
      .find(([title]) => title === figure)?.[1]
      ?.split(" ", 1)[0];
  expect(text).toContain(`100,000 / ${rateOf("through")} are`);
  expect(text).toContain(`above ${rateOf("intake")} orders a second`);
});
