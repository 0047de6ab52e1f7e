// Kept counts, and changes of counts that are undone, over HTTP.

import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import * as z from "zod";
import { pageIn, problemIn } from "../../support/answers.ts";
import { expectBalancedBooks } from "../../support/audit.ts";
import { type Answer, startTestApi, type TestService } from "../../support/service.ts";

let service: TestService;
let sku = "";
let made = 0;

beforeAll(async () => {
  service = await startTestApi();
});

afterAll(async () => {
  await expectBalancedBooks(service.databaseUrl);
  await service.stop();
});

beforeEach(async () => {
  made += 1;
  sku = `ITEM-${made}`;
  await service.send("PUT", `/products/${sku}`, { name: "Item", unitsInStock: 46 });
});

const adjust = (body: object) => service.send("POST", `/stock/${sku}/adjustments`, body);
const undo = (id: string, body: object = {}, headers?: Record<string, string>) =>
  service.send("POST", `/stock/${sku}/movements/${id}/undo`, body, headers);
const idOf = ({ body }: Answer) =>
  z.object({ movement: z.object({ id: z.string() }) }).parse(body).movement.id;
const ledger = async () =>
  z
    .array(z.looseObject({ id: z.string(), change: z.number(), undoneBy: z.string().nullable() }))
    .parse(pageIn(await service.send("GET", `/stock/${sku}/movements`)).data);
const unitsNow = async () => (await service.send("GET", `/stock/${sku}`)).body;

describe("a count", () => {
  it("is kept as what was counted, with its reason", async () => {
    const answer = await adjust({ set: 26, reason: "theft" });
    const counted = {
      change: -20,
      unitsAfter: 26,
      countedUnits: 26,
      reason: "theft",
      undoes: null,
    };
    expect(answer.body).toMatchObject({ movement: counted });
    expect((await ledger())[0]).toMatchObject(counted);
  });

  it("of many is kept for each, and a difference or an import is none", async () => {
    await service.send("POST", "/stock/adjustments", {
      adjustments: [
        { sku, set: 12 },
        { sku, delta: 3 },
        { sku, set: 40, kind: "import" },
      ],
    });
    const counts = (await ledger()).map(({ countedUnits }) => countedUnits);
    expect(counts).toEqual([null, null, 12, null]);
  });
});

describe("undoing a change", () => {
  it("writes the opposite, which names it, and keeps what happened since", async () => {
    const id = idOf(await adjust({ set: 26 }));
    await adjust({ delta: -5, reason: "damage" });
    const undone = await undo(id, { note: "Counted the wrong shelf" });
    expect(undone.status).toBe(201);
    const entry = {
      kind: "adjustment",
      change: 20,
      unitsAfter: 41,
      undoes: id,
      reason: "correction",
      note: "Counted the wrong shelf",
      countedUnits: null,
      undoneBy: null,
    };
    expect(undone.body).toMatchObject({ unitsInStock: 41, movement: entry });
    const entries = await ledger();
    expect(entries[0]).toMatchObject(entry);
    expect(entries.find((one) => one.id === id)).toMatchObject({ undoneBy: idOf(undone) });
  });

  it("can itself be undone, and then the change is there again", async () => {
    const id = idOf(await adjust({ delta: 4, kind: "receipt" }));
    const undone = await undo(id);
    expect((await undo(idOf(undone))).body).toMatchObject({ unitsInStock: 50 });
  });

  it("happens once: a second time it is refused, and says by what it was undone", async () => {
    const id = idOf(await adjust({ delta: 4 }));
    const first = await undo(id);
    const second = await undo(id);
    expect(second.status).toBe(409);
    expect(second.body).toMatchObject({ undoneBy: idOf(first) });
    expect(await unitsNow()).toMatchObject({ unitsInStock: 46 });
  });

  it("happens once, however many ask for it at the same time", async () => {
    const id = idOf(await adjust({ delta: 4 }));
    const answers = await Promise.all(Array.from({ length: 8 }, () => undo(id)));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, ...Array(7).fill(409)]);
    expect(await unitsNow()).toMatchObject({ unitsInStock: 46 });
  });

  it("sent again with its key gets the same answer and has no second effect", async () => {
    const id = idOf(await adjust({ delta: 4 }));
    const key = { "idempotency-key": `undo-${sku}` };
    const answers = await Promise.all(Array.from({ length: 4 }, () => undo(id, {}, key)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    expect(new Set(answers.map(idOf)).size).toBe(1);
    expect(await ledger()).toHaveLength(3);
  });

  it("never takes units that were taken since", async () => {
    const id = idOf(await adjust({ delta: 4 }));
    await adjust({ delta: -48, reason: "loss" });
    const refused = await undo(id);
    expect(refused.status).toBe(409);
    expect(problemIn(refused)).toBe("below-zero");
    expect(refused.body).toMatchObject({ unitsInStock: 2, unitsAfter: -2 });
    expect((await ledger())[0]).toMatchObject({ undoneBy: null });
  });

  it.each([
    [
      "a movement of another item",
      async () => {
        const other = { name: "Other", unitsInStock: 3 };
        await service.send("PUT", "/products/OTHER", other);
        const entries = pageIn(await service.send("GET", "/stock/OTHER/movements")).data;
        return z.array(z.object({ id: z.string() })).parse(entries)[0]?.id ?? "";
      },
    ],
    ["a movement that does not exist", async () => "999999999999"],
  ])("of %s finds nothing", async (_what, id) => {
    expect((await undo(await id())).status).toBe(404);
  });

  it("of an id that is none is refused", async () => {
    expect((await undo("first")).status).toBe(422);
  });
});

describe("what the database refuses, whoever asks", () => {
  const write = (columns: string, values: string) =>
    service.sql(
      `insert into movement (level_id, kind, change, units_after, ${columns})
       select id, 'adjustment', 1, units + 1, ${values} from stock_level where sku = $1 and not retired`,
      [sku],
    );

  it("a second movement that undoes the same one", async () => {
    const id = idOf(await adjust({ delta: 4 }));
    await undo(id);
    await expect(write("undoes", id)).rejects.toThrow("movement_undone");
  });

  it("a movement that undoes a later one, and a count that leaves another number", async () => {
    await expect(write("undoes", "9000000000000")).rejects.toThrow(
      "movement_undoes_an_earlier_one",
    );
    await expect(write("counted_units", "3")).rejects.toThrow("movement_leaves_what_was_counted");
  });
});
