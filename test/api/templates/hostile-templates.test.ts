// Whoever may look at templates may try one that takes very long. Nobody else waits for it.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestApi, type TestService } from "../../support/service.ts";

let service: TestService;
beforeAll(async () => {
  service = await startTestApi();
  await service.send("POST", `${path}/preview`, {
    subject: "What it takes is loaded.",
    body: null,
  });
});
afterAll(() => service.stop());

const path = "/mail-templates/shop:low_stock_internal";
const loops = "{% for i in (1..9000) %}{% for j in (1..9000) %}x{% endfor %}{% endfor %}";
const hostile = { subject: loops, body: loops };
const alive = async () => (await fetch(`${service.url}/livez`)).status;

describe.each([
  ["POST", `${path}/preview`],
  ["POST", `${path}/test-send`],
  ["PUT", path],
])("%s %s of a template that takes very long", (method, address) => {
  it("is refused with a reason, and others are answered meanwhile", async () => {
    let isDone = false;
    const asked = service.send(method, address, hostile).finally(() => (isDone = true));
    let answered = 0;
    while (!isDone) {
      expect(await alive()).toBe(200);
      answered += 1;
    }
    expect((await asked).status).toBe(422);
    expect(answered).toBeGreaterThan(10);
  });
});

describe("many previews at once", () => {
  it("are refused beyond a few, and told when to come again", async () => {
    const replies = await Promise.all(
      Array.from({ length: 12 }, () => service.send("POST", `${path}/preview`, hostile)),
    );
    const refused = replies.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.map(({ headers }) => headers.get("retry-after"))).toEqual(
      refused.map(() => "1"),
    );
    expect(replies.filter(({ status }) => status === 422).length).toBe(12 - refused.length);

    const fine = { subject: "Low", body: "Only {{ stock.unitsInStock }} left." };
    const preview = async () => (await service.send("POST", `${path}/preview`, fine)).status;
    await expect.poll(preview).toBe(200);
  });
});
