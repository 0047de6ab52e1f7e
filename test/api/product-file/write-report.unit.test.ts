import { expect, test } from "vitest";
import { planImport } from "../../../src/domain/product-file/plan-import.ts";
import { findSchemaFaults } from "../../../src/api/product-file/find-schema-faults.ts";
import { importReportSchema } from "../../../src/contract/product-file.ts";
import { readProductFile } from "../../../src/api/product-file/read-product-file.ts";
import { writeReport } from "../../../src/api/product-file/write-report.ts";
import { atOnce } from "../../support/at-once.ts";

const types = [{ code: "goods", hasInventory: true, hasVariants: true }];
/** A store without products. */
const empty = { stored: [], types, findSchemaFaults };
const csvOf = (rows: readonly string[]) => ["sku,variantOf,name,unitsInStock", ...rows].join("\n");

/** How often work may be interrupted. */
function stepsOf(work: Generator): number {
  let steps = 0;
  while (work.next().done !== true) steps += 1;
  return steps;
}

test("reading, planning and reporting may be interrupted after each row and product", () => {
  const rows = Array.from({ length: 1_000 }, (_none, index) => `S-${index},,Mug,1`);
  const csv = csvOf(rows);
  expect(stepsOf(readProductFile(csv))).toBeGreaterThanOrEqual(1_000);
  const file = atOnce(readProductFile(csv));
  expect(stepsOf(planImport(file, empty))).toBe(1_000);
  const plan = atOnce(planImport(file, empty));
  expect(stepsOf(writeReport(plan, file.source, null))).toBe(1_000);
});

test("a report counts what was created, changed, refused and kept, and is as documented", () => {
  const file = atOnce(readProductFile(csvOf(["A,,A,1", "B,,B,2"])));
  const plan = atOnce(planImport(file, empty));
  const refusals = new Map([["B", "It was changed meanwhile."]]);
  const text = atOnce(writeReport(plan, file.source, { refusals, lowAlready: 1 }));
  expect(importReportSchema.parse(JSON.parse(text))).toMatchObject({
    dryRun: false,
    created: 1,
    updated: 0,
    unchanged: 0,
    lowAlready: 1,
    products: [
      { sku: "A", refusal: null },
      { sku: "B", refusal: "It was changed meanwhile." },
    ],
    faults: [],
    faultCount: 0,
  });
});
