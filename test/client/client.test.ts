// The client on the real service, and on servers that break off, refuse and are busy.

import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type Client, createClient, type TallymanEvent } from "../../client/client.ts";
import { listenOnFreePort } from "../support/listen.ts";
import { startTestService, testAccess, type TestService } from "../support/service.ts";
import { createProduct } from "../support/shop.ts";

const key = testAccess.apiKey;

describe("on the service", () => {
  let service: TestService;
  let tallyman: Client;

  beforeAll(async () => {
    service = await startTestService();
    tallyman = createClient({ url: `${service.url}/`, key });
    await createProduct(service, "MUG/1", {
      name: "Mug",
      unitsInStock: 12,
      outOfStockThreshold: 2,
    });
  });
  afterAll(() => service.stop());

  const lines = [{ sku: "MUG/1", quantity: 3 }];

  it("places an order once, however often it is called", async () => {
    const first = await tallyman.orders.place({ reference: "C-1", lines }, { wait: 10 });
    expect(first).toMatchObject({ status: "confirmed", order: { lines: [{ allocated: 3 }] } });
    const again = await tallyman.orders.place({ reference: "C-1", lines });
    expect(again).toMatchObject({ id: first.id, status: "confirmed", order: null });
    expect(await tallyman.orders.get(first.id)).toEqual(first.order);
  });

  it("tells of an order that is rejected what can be had", async () => {
    const many = [{ sku: "MUG/1", quantity: 30 }];
    const placed = await tallyman.orders.place({ reference: "C-2", lines: many }, { wait: 10 });
    expect(placed).toMatchObject({
      status: "rejected",
      shortages: [{ sku: "MUG/1", code: "insufficient-stock", requested: 30, available: 7 }],
      refundDue: false,
    });
    expect(await tallyman.availability(many)).toMatchObject({
      acceptable: false,
      lines: [{ available: 7 }],
    });
  });

  it("saves many products and changes many counts, each once, and tells which are refused", async () => {
    const products = [
      { sku: "B-1", name: "One", unitsInStock: 5 },
      { sku: "B-2", name: "Two", expectedVersion: 4 },
    ];
    const saved = await tallyman.products.saveMany(products);
    expect(saved).toMatchObject([
      { sku: "B-1", status: "created", version: 1 },
      { sku: "B-2", problem: { type: "/problems/stale-version" } },
    ]);
    const adjustments = [{ sku: "B-1", delta: -1 }];
    const counted = [1, 2].map(() =>
      tallyman.stock.adjustMany(adjustments, { idempotencyKey: "counted" }),
    );
    for (const outcomes of await Promise.all(counted)) {
      expect(outcomes).toMatchObject([{ unitsBefore: 5, unitsInStock: 4 }]);
    }
    const all = tallyman.products.saveMany(products, { atomic: true });
    await expect(all).rejects.toMatchObject({
      errors: [{ pointer: "/products/1/expectedVersion" }],
    });
  });

  it("cancels, restocks and pays, and a key makes a change once", async () => {
    const { id } = await tallyman.orders.place({ reference: "C-3", lines }, { wait: 10 });
    const one = [{ sku: "MUG/1", quantity: 1 }];
    await tallyman.orders.cancel(id, { lines: one });
    const restocks = [1, 2].map(() =>
      tallyman.orders.restock(id, { lines: one }, { idempotencyKey: "r" }),
    );
    await Promise.all(restocks);
    const paid = await tallyman.orders.pay(id, {}, { wait: 5 });
    expect(paid.order?.lines).toMatchObject([{ cancelled: 1, restocked: 1 }]);
    expect((await tallyman.orders.refund(id)).status).toBe("refunded");
  });

  it("changes a count, and refuses to change one that somebody else has changed", async () => {
    const adjusted = await tallyman.stock.adjust("MUG/1", { delta: 5, reason: "found" });
    expect(adjusted.movement).toMatchObject({ change: 5, reason: "found" });
    const stale = tallyman.stock.adjust("MUG/1", { set: 1, expectedUnits: 999 });
    await expect(stale).rejects.toMatchObject({ kind: "stale-count", status: 409 });
  });

  it("reads all counts, with the place to follow the feed from", async () => {
    const skus = Array.from(
      { length: 205 },
      (_, index) => `SHELF-${String(index).padStart(3, "0")}`,
    );
    const csv = `sku,name,unitsInStock\n${skus.map((sku) => `${sku},Shelf,1\n`).join("")}`;
    await service.send("POST", "/product-import", { csv });
    const { data, place } = await tallyman.stock.getAll();
    const shelves = data.filter(({ sku }) => sku.startsWith("SHELF-"));
    expect(shelves.map(({ sku }) => sku)).toEqual(skus);
    const next = tallyman.events({ after: place, types: ["stock.changed"] }).next();
    await tallyman.stock.adjust("SHELF-204", { delta: 3 });
    expect((await next).value).toMatchObject({ data: { sku: "SHELF-204", unitsBefore: 1 } });
  });

  it("throws a problem with its faults, without a second request", async () => {
    const unknown = tallyman.orders.place({ reference: "C-4", lines: [{ sku: "X", quantity: 1 }] });
    await expect(unknown).rejects.toMatchObject({
      name: "TallymanProblem",
      kind: "validation-failed",
      errors: [{ pointer: "/lines/0/sku", code: "unknown-sku" }],
    });
    const stranger = createClient({ url: service.url, key: "tm_wrong" });
    await expect(stranger.orders.get("x")).rejects.toMatchObject({ kind: "unauthenticated" });
  });
});

describe("on a server that does as a test says", () => {
  type Answering = (request: IncomingMessage, response: ServerResponse) => void;
  let answers: Answering[] = [];
  const seen: { readonly path: string; readonly key: string | undefined }[] = [];
  const server = createServer((request, response) => {
    const name = request.headers["idempotency-key"];
    seen.push({ path: request.url ?? "", key: typeof name === "string" ? name : undefined });
    request.resume().once("end", () => answers.shift()?.(request, response));
  });
  let url = "";

  beforeAll(async () => {
    url = await listenOnFreePort(server);
  });
  afterEach(() => {
    seen.length = 0;
    server.closeAllConnections();
  });
  afterAll(() => server.close());

  const status =
    (code: number, body: object, headers: Record<string, string> = {}): Answering =>
    (_request, response) =>
      response.writeHead(code, headers).end(JSON.stringify(body));
  const cut: Answering = (request) => request.socket.destroy();
  const half: Answering = (request, response) => {
    response.writeHead(200, { "Content-Length": "100" }).write('{"id":');
    setImmediate(() => request.socket.destroy());
  };
  const silent: Answering = () => undefined;
  const order = { id: "1", reference: "R", status: "cancelled", lines: [], statusLog: [] };
  const event = (id: string): TallymanEvent => ({
    id,
    type: "t",
    at: "",
    actor: null,
    requestId: null,
    data: {},
  });
  const page = (place: string, ...ids: string[]): Answering =>
    status(200, { data: ids.map(event), nextCursor: null, place });

  it("sends a change again with the same key, until there is a whole answer", async () => {
    answers = [cut, half, status(503, {}), status(500, {}), status(200, order)];
    expect(await createClient({ url, key }).orders.cancel("1")).toEqual(order);
    expect(new Set(seen.map((request) => request.key)).size).toBe(1);
    answers = [status(200, order)];
    await createClient({ url, key }).orders.cancel("1");
    expect(new Set(seen.map((request) => request.key)).size).toBe(2);
    expect(seen).toHaveLength(6);
  });

  it("waits as long as the service asks", async () => {
    answers = [status(429, {}, { "Retry-After": "1" }), status(200, order)];
    const started = performance.now();
    await createClient({ url, key }).orders.get("1");
    expect(performance.now() - started).toBeGreaterThanOrEqual(999);
  });

  it("gives up after its retries, with the last problem or why there was none", async () => {
    const brief = createClient({ url, key, retries: 1, timeoutMs: 100 });
    answers = [cut, status(503, { type: "urn:tallyman:problem:unavailable", detail: "Busy." })];
    await expect(brief.orders.get("1")).rejects.toMatchObject({ kind: "unavailable" });
    answers = [silent, silent];
    await expect(brief.orders.get("1")).rejects.toThrow(
      "after 2 tries there is none: no answer in",
    );
    answers = [status(200, { hello: "world" })];
    await expect(brief.orders.get("1")).rejects.toThrow("Does another program use that address?");
    expect(seen).toHaveLength(5);
  });

  it("ends with the signal's reason, in a request and in a pause", async () => {
    const abort = new AbortController();
    answers = [silent];
    const asked = createClient({ url, key }).orders.get("1", { signal: abort.signal });
    await expect.poll(() => seen.length).toBe(1);
    abort.abort(new Error("enough"));
    await expect(asked).rejects.toThrow("enough");
    const another = new AbortController();
    answers = [status(503, {}, { "Retry-After": "60" })];
    const pausing = createClient({ url, key }).orders.get("1", { signal: another.signal });
    await expect.poll(() => seen.length).toBe(2);
    another.abort(new Error("enough"));
    await expect(pausing).rejects.toThrow("enough");
  });

  it("follows events from the latest place, each once, through broken answers", async () => {
    answers = [
      page("7"),
      cut,
      page("9", "8", "9"),
      half,
      status(503, {}),
      page("12"),
      page("13", "13"),
    ];
    const feed = createClient({ url, key, retries: 0 }).events({ after: "latest", skus: ["A B"] });
    const ids: string[] = [];
    for await (const { id } of feed) {
      ids.push(id);
      expect(feed.place).toBe(id);
      if (id === "13") break;
    }
    expect(ids).toEqual(["8", "9", "13"]);
    expect(seen.map(({ path }) => path.replace("/api/v1/events?", ""))).toEqual([
      "after=latest&wait=0&sku=A+B",
      ...["7", "7", "9", "9", "9", "12"].map((place) => `after=${place}&wait=25&sku=A+B`),
    ]);
  });

  it("throws where the feed is if the place is unknown, and any other refusal", async () => {
    answers = [status(410, { type: "/problems/unknown-place", place: "70" }), status(403, {})];
    const next = () => createClient({ url, key }).events({ after: "3" }).next();
    await expect(next()).rejects.toMatchObject({ name: "TallymanPlaceGone", place: "70" });
    await expect(next()).rejects.toMatchObject({ name: "TallymanProblem", status: 403 });
  });
});
