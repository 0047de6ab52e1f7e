// The metrics that Operations explains, against those that a service has.

import { expect, it, onTestFinished } from "vitest";
import { startTestService } from "../support/service.ts";
import { codeIn, readText } from "./markdown.ts";

it("Operations explains each metric of Tallyman's own, and no other", async () => {
  const service = await startTestService();
  onTestFinished(() => service.stop());
  const scraped = await (await fetch(`${service.url}/metrics`)).text();
  const own = [...scraped.matchAll(/^# TYPE (tallyman_\w+)/gm)].map(([, name]) => name);
  const explained = codeIn(readText("docs/operations.md")).filter((code) =>
    /^tallyman_\w+$/.test(code),
  );
  expect(own.length).toBeGreaterThan(0);
  expect([...new Set(explained)].toSorted()).toEqual(own.toSorted());
});
