import { afterAll, beforeAll, expect, test } from "vitest";
import * as z from "zod";
import { type ApiClient, createApiClient } from "../../../src/cli/api-client.ts";
import { awaitDecisions } from "../../../src/cli/outcome/await-decisions.ts";
import { startTestApi, testAccess, type TestService } from "../../support/service.ts";

let service: TestService;
let api: ApiClient;
const { signal } = new AbortController();

beforeAll(async () => {
  service = await startTestApi();
  api = createApiClient({ url: service.url, key: testAccess.apiKey, signal });
  await service.send("PUT", "/products/CUP", { name: "Cup", unitsInStock: 100 });
});

afterAll(() => service.stop());

async function place(reference: string): Promise<string> {
  const order = { reference, lines: [{ sku: "CUP", quantity: 1 }] };
  const { body } = await service.send("POST", "/orders", order);
  return z.object({ id: z.string() }).parse(body).id;
}

async function decide(id: string | undefined): Promise<void> {
  await service.sql(`update "order" set status = 'rejected', decided_at = now() where id = $1`, [
    id,
  ]);
}

test("without a worker the wait ends, and says what is missing and that nothing is lost", async () => {
  const ids = [await place("a-1"), await place("a-2")];
  const counts: number[] = [];
  const waiting = { signal, stalledMs: 300, onDecided: (count: number) => counts.push(count) };
  await expect(awaitDecisions(api, ids, waiting)).rejects.toThrow(
    /2 orders are accepted.*Expected a running worker.*the orders are stored/s,
  );
  expect(Math.max(...counts)).toBe(0);
});

test("an order that is decided after later ones is waited for too", async () => {
  const ids: string[] = [];
  for (const reference of ["b-1", "b-2", "b-3", "b-4"]) ids.push(await place(reference));
  const [first, second, third, fourth] = ids;
  await decide(third);
  await decide(fourth);
  const decideTheRest = async (): Promise<void> => {
    await decide(first);
    await decide(second);
  };
  let rest: Promise<void> | undefined;
  const onDecided = (): void => {
    rest ??= decideTheRest();
  };
  const waited = awaitDecisions(api, ids, { signal, onDecided });
  await expect(waited).resolves.toBeUndefined();
  await rest;
  const left = await service.sql(
    `select 1 from "order" where id = any ($1) and status = 'pending'`,
    [ids],
  );
  expect(left).toEqual([]);
});

test("no orders are decided at once", async () => {
  await expect(
    awaitDecisions(api, [], { signal, onDecided: () => undefined }),
  ).resolves.toBeUndefined();
});
