import { expect, test } from "vitest";
import { type PreparedReplay, prepareReplay } from "../../../src/cli/replay/prepare-replay.ts";
import { temporaryFile } from "../temporary-file.ts";

const columns = { reference: "InvoiceNo", sku: "StockCode", quantity: "Quantity" };
const defaults = { delimiter: ",", stock: "100", speed: "max" };
const quiet = { isTTY: false, write: () => true };

/** Prepares a replay whose options are what matters, and reads its file so that it is closed. */
async function prepared(path: string, raw: Record<string, unknown>): Promise<PreparedReplay> {
  const replay = await prepareReplay(path, raw);
  await replay.readHistory(quiet);
  return replay;
}

async function problemsOf(path: string, raw: Record<string, unknown>): Promise<string> {
  const failure: unknown = await prepareReplay(path, raw).catch((error: unknown) => error);
  return failure instanceof Error ? failure.message : "";
}

test("a file is read with the columns that were named", async () => {
  const path = await temporaryFile(
    "orders.csv",
    "Quantity,InvoiceNo,StockCode,Price,Text\n2,7,A,1.5,Mug\n3,7,B,1.5,\n",
  );
  const replay = await prepareReplay(path, {
    ...defaults,
    ...columns,
    name: "Text",
    speed: "50/s",
  });
  expect(replay.options).toMatchObject({ stock: 100, ordersPerSecond: 50, url: undefined });
  const history = await replay.readHistory(quiet);
  expect(history.orders).toEqual([
    {
      reference: "7",
      lines: [
        { sku: "A", quantity: 2 },
        { sku: "B", quantity: 3 },
      ],
    },
  ]);
  expect(history.names.get("A")).toBe("Mug");
});

test("an order reference and a SKU are one in either form of Unicode, in the stock file too", async () => {
  const [nfc, nfd] = ["É".normalize("NFC"), "É".normalize("NFD")];
  const path = await temporaryFile(
    "orders.csv",
    `InvoiceNo,StockCode,Quantity\n${nfc}1,${nfd},2\n${nfd}1,\u00a0${nfc},3\n`,
  );
  const stockFrom = await temporaryFile("stock.csv", `sku,units\n${nfd},7\n`);
  const { units, readHistory } = await prepareReplay(path, { ...defaults, ...columns, stockFrom });
  expect([...units]).toEqual([[nfc, 7]]);
  const { orders, names } = await readHistory(quiet);
  const lines = [
    { sku: nfc, quantity: 2 },
    { sku: nfc, quantity: 3 },
  ];
  expect(orders).toEqual([{ reference: `${nfc}1`, lines }]);
  expect([...names.keys()]).toEqual([nfc]);
});

test("every problem of options, header and stock file is named at once", async () => {
  const path = await temporaryFile("orders.csv", "InvoiceNo,StockCode,Quantity\n");
  const stockFrom = await temporaryFile("stock.csv", "sku,units\nA,1\nA,2\nB,-3\n");
  const badOptions = await problemsOf(path, {
    ...defaults,
    sku: "Stockcode",
    quantity: "Quantity",
    stock: "many",
    speed: "fast",
    delimiter: ";;",
    url: "shop",
    key: "tm_secret",
  });
  expect(badOptions).toContain("--reference <column> is missing: expected the column with");
  expect(badOptions).toContain('--stock: expected a whole number from 0 to 1000000000; got "many"');
  expect(badOptions).toContain(
    '--speed: expected max, or orders a second from 1/s to 100000/s; got "fast"',
  );
  expect(badOptions).toContain('--delimiter: expected one character, or the word tab; got ";;"');
  expect(badOptions).toContain("--url: expected an address");
  expect(badOptions).toContain(
    'there is no column "Stockcode" in the file; did you mean "StockCode"?',
  );
  expect(badOptions).toContain("the file's columns are InvoiceNo, StockCode, Quantity");
  expect(badOptions).not.toContain("tm_secret");

  const badStock = await problemsOf(path, { ...defaults, ...columns, stockFrom });
  expect(badStock).toMatch(
    /stock\.csv, line 3: expected each code once; "A" is in an earlier line too/,
  );
  expect(badStock).toMatch(/stock\.csv, line 4: expected units from 0 to 1000000000; got "-3"/);
});

test("a column that is there twice is not guessed at", async () => {
  const path = await temporaryFile(
    "orders.csv",
    "InvoiceNo,StockCode,Quantity,Quantity\n1,A,1,2\n",
  );
  expect(await problemsOf(path, { ...defaults, ...columns })).toContain(
    'the file has the column "Quantity" more than once; rename all but one of them',
  );
});

test("rows that can't be read are refused with their lines, or left out if that was chosen", async () => {
  const rows = ['1,A,5" pan,1', "2,A,x,1", "3,A,x,1,234", '4,A,"x,1', "5,A,x,2.0000", "6,A,x,1e3"];
  const path = await temporaryFile(
    "orders.csv",
    `InvoiceNo,StockCode,Text,Quantity\r\n${rows.join("\n")}\n`,
  );
  const strict = await prepareReplay(path, { ...defaults, ...columns });
  const failure: unknown = await strict.readHistory(quiet).catch((error: unknown) => error);
  const message = failure instanceof Error ? failure.message : "";
  for (const line of [2, 4, 5, 7]) expect(message).toContain(`orders.csv, line ${line}: Expected`);
  expect(message).toContain("4 of 6 rows can't be read; nothing was posted.");
  expect(message).toContain("--skip-unreadable");

  const lenient = await prepareReplay(path, { ...defaults, ...columns, skipUnreadable: true });
  const history = await lenient.readHistory(quiet);
  expect(history.orders.map(({ reference }) => reference)).toEqual(["2", "5"]);
  expect(history.unreadable.reasons.map(({ count, reason }) => `${count} ${reason}`)).toEqual([
    "3 a row that does not fit the header",
    "1 a quantity that is not a whole number",
  ]);

  const inches = { ...defaults, ...columns, quotes: "none", skipUnreadable: true };
  const quoted = await (await prepareReplay(path, inches)).readHistory(quiet);
  expect(quoted.orders.map(({ reference }) => reference)).toEqual(["1", "2", "4", "5"]);
});

test("a stock file's rows are read as the orders' are, and none is guessed at", async () => {
  const path = await temporaryFile("orders.csv", "InvoiceNo,StockCode,Quantity\n");
  const good = await temporaryFile("good.csv", "sku,units\r\nA,10.0000\nB, 7\r\n");
  const { units } = await prepared(path, { ...defaults, ...columns, stockFrom: good });
  expect([...units]).toEqual([
    ["A", 10],
    ["B", 7],
  ]);
  const bad = await temporaryFile("bad.csv", 'sku,units\nA,1,234\nB,"1,234"\n"C,5\nD,1e3\n');
  const message = await problemsOf(path, { ...defaults, ...columns, stockFrom: bad });
  for (const line of [2, 3, 4, 5]) expect(message).toContain(`bad.csv, line ${line}: Expected`);
});

test("a delimiter that is not the file's is guessed at in the advice", async () => {
  const path = await temporaryFile("orders.csv", "InvoiceNo;StockCode;Quantity\n1;A;2\n");
  const message = await problemsOf(path, { ...defaults, ...columns });
  expect(message).toContain('Try --delimiter ";"');
  const right = await prepareReplay(path, { ...defaults, ...columns, delimiter: ";" });
  expect((await right.readHistory(quiet)).orders).toHaveLength(1);
});

test("an address without a key is refused, and a key alone is for the service that is started here", async () => {
  const path = await temporaryFile("orders.csv", "InvoiceNo,StockCode,Quantity\n");
  const url = "http://127.0.0.1:3000";
  expect(await problemsOf(path, { ...defaults, ...columns, url })).toContain(
    "--key: expected a key",
  );
  const withKey = await prepared(path, { ...defaults, ...columns, key: "tm_x" });
  expect(withKey.options).toMatchObject({ url: undefined, key: "tm_x" });
});

test("the stock file's units are read by code", async () => {
  const path = await temporaryFile("orders.csv", "InvoiceNo,StockCode,Quantity\n");
  const stockFrom = await temporaryFile("stock.csv", "name,sku,units\nMug,A,7\nPlate,B,0\n");
  const { units } = await prepared(path, { ...defaults, ...columns, stockFrom });
  expect([...units]).toEqual([
    ["A", 7],
    ["B", 0],
  ]);
});
