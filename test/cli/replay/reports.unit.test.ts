import { expect, test } from "vitest";
import { prepareReplay } from "../../../src/cli/replay/prepare-replay.ts";
import { temporaryFile } from "../temporary-file.ts";

const quiet = { isTTY: false, write: () => true };
const defaults = { stock: "100", speed: "max" };

async function read(path: string, more: Readonly<Record<string, unknown>> = {}) {
  const replay = await prepareReplay(path, { ...defaults, ...more });
  return { reading: replay.reading, ...(await replay.readHistory(quiet)) };
}

async function failureOf(text: string, more: Readonly<Record<string, unknown>> = {}) {
  const path = await temporaryFile("orders.csv", text);
  const failure: unknown = await read(path, more).catch((error: unknown) => error);
  return failure instanceof Error ? failure.message : "";
}

test.each([
  [
    "shopify-orders.csv",
    "Shopify's orders export",
    ["#1001", "#1002", "#1004"],
    ["1 cancelled"],
    ["2024-01-05T15:22:31.000Z", "2024-01-07T14:01:09.000Z"],
  ],
  [
    "woocommerce-orders.csv",
    "WooCommerce's order export with one row per item",
    ["501", "502"],
    ["1 cancelled"],
    ["2024-01-05T09:12:00.000Z", "2024-01-06T16:05:41.000Z"],
  ],
  [
    "amazon-orders.txt",
    "Amazon's All Orders report",
    ["302-0000001-0000001"],
    ["1 cancelled", "1 not paid"],
    ["2024-01-05T07:30:00.000Z", "2024-01-05T07:30:00.000Z"],
  ],
])("%s is recognised and read oldest first", async (file, title, references, leftOut, span) => {
  const history = await read(`samples/${file}`);
  expect(history.reading).toMatchObject({ title, isRecognised: true });
  expect(history.orders.map(({ reference }) => reference)).toEqual(references);
  expect(history.orders[0]?.lines).toHaveLength(file.startsWith("woo") ? 1 : 2);
  const reasons = history.skippedOrders.map(({ count, reason }) => `${count} ${reason}`);
  expect(reasons.toSorted()).toEqual(leftOut);
  const times = [history.placed?.first, history.placed?.last];
  expect(times.map((at) => new Date(at ?? 0).toISOString())).toEqual(span);
});

test("a report is read by its header also with semicolons, mixed line ends and four decimals", async () => {
  const path = await temporaryFile(
    "orders.csv",
    'order_number;order_date;status;item_sku;item_quantity\r\n2;2024-01-02;completed;A;"1.0000"\n1;2024-01-01;completed;A;2,00\r1;2024-01-01;completed;B;3\n',
  );
  expect((await read(path)).orders.map(({ reference }) => reference)).toEqual(["1", "2"]);
});

test("a status that is not known is refused with its line, until the operator says what it means", async () => {
  const text =
    "order_number,order_date,status,item_sku,item_quantity\n1,2024-01-01,Storniert,A,1\n2,2024-01-02,Versandt,A,1\n";
  const failure = await failureOf(text);
  expect(failure).toContain('line 2: Expected a status that is known; got "Storniert"');
  const path = await temporaryFile("orders.csv", text);
  const history = await read(path, { sold: "versandt", notSold: "Storniert" });
  expect(history.orders.map(({ reference }) => reference)).toEqual(["2"]);
  expect(history.skippedOrders[0]?.reason).toBe("with the status Storniert");
});

test("a date that has two meanings is refused, and an order without one too", async () => {
  const columns = { reference: "ref", sku: "sku", quantity: "n", date: "at" };
  const text = "ref,sku,n,at\n1,A,1,1/5/2024\n2,A,1,\n";
  const failure = await failureOf(text, columns);
  expect(failure).toContain("line 2: Expected a date with the year first");
  expect(failure).toContain('line 3: Expected a date for the order "2"; its rows have none.');
  const path = await temporaryFile("orders.csv", "ref,sku,n,at\n1,A,1,2/4/2024\n2,A,1,1/5/2024\n");
  const orders = async (dates: string) =>
    (await read(path, { ...columns, dates })).orders.map(({ reference }) => reference).join();
  expect(await orders("day-first")).toBe("1,2");
  expect(await orders("month-first")).toBe("2,1");
});

test("a file that is not the named report says what it lacks, and one that is none how to name its columns", async () => {
  expect(await failureOf("ref,sku,n\n1,A,1\n", { format: "amazon" })).toContain(
    'Amazon\'s order report: expected the columns "order-id"',
  );
  const failure = await failureOf("ref,sku,n\n1,A,1\n");
  expect(failure).toContain("--reference <column> is missing");
  expect(failure).toContain("the file is not recognised as an order report");
});
