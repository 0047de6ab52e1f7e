import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { startTestApi, type TestService } from "../../support/service.ts";

const operation = z.looseObject({
  operationId: z.string(),
  tags: z.array(z.string()).length(1),
  parameters: z.array(z.looseObject({ name: z.string(), in: z.string() })).default([]),
  responses: z.record(z.string(), z.unknown()),
});
const schema = z.looseObject({
  tags: z.array(z.object({ name: z.string(), description: z.string() })),
  paths: z.record(z.string(), z.record(z.string(), operation)),
});

let service: TestService;
let text: string;
let document: z.output<typeof schema>;
beforeAll(async () => {
  service = await startTestApi();
  text = await (await fetch(`${service.url}/openapi.json`)).text();
  document = schema.parse(JSON.parse(text));
});
afterAll(() => service.stop());

const redocly = createRequire(import.meta.url).resolve("@redocly/cli/bin/cli.js");

describe("the OpenAPI document", () => {
  it("passes redocly's recommended rules without an error or a warning", async () => {
    const folder = await mkdtemp(join(tmpdir(), "openapi-"));
    try {
      await writeFile(join(folder, "openapi.json"), text);
      const ran = await promisify(execFile)(
        process.execPath,
        [redocly, "lint", "openapi.json", "--extends=recommended", "--format=json"],
        {
          cwd: folder,
          env: {
            ...process.env,
            REDOCLY_TELEMETRY: "off",
            REDOCLY_SUPPRESS_UPDATE_NOTICE: "true",
          },
          maxBuffer: 50_000_000,
        },
      ).catch((error: { stdout: string }) => error);
      const found = z
        .object({ problems: z.array(z.looseObject({ ruleId: z.string(), message: z.string() })) })
        .parse(JSON.parse(ran.stdout));
      expect(found.problems).toEqual([]);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it("names each operation once, in words that make a function's name", () => {
    const names = Object.values(document.paths).flatMap((path) =>
      Object.values(path).map(({ operationId }) => operationId),
    );
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^[a-z]+([A-Z][a-z]+)*$/);
    expect(names).toEqual(
      expect.arrayContaining(["placeOrder", "placeBulk", "listEvents", "adjustStock", "logIn"]),
    );
  });

  it("describes each subject in a sentence", () => {
    for (const { name, description } of document.tags) {
      expect([name, description]).not.toEqual([name, `${name}.`]);
    }
  });

  it("names each form that a reply can have", () => {
    const formsOf = (path: string): readonly string[] => {
      const ok = z.looseObject({ content: z.record(z.string(), z.unknown()) });
      return Object.keys(ok.parse(document.paths[path]?.["get"]?.responses["200"]).content);
    };
    expect(formsOf("/api/v1/events")).toEqual(["application/json", "text/event-stream"]);
    for (const name of ["product", "stock", "movement", "order", "alert"]) {
      expect(formsOf(`/api/v1/${name}-export`)).toEqual(["text/csv"]);
    }
  });

  it("names the headers that make writes safe", () => {
    const headersOf = (path: string, method: string) =>
      (document.paths[path]?.[method]?.parameters ?? [])
        .filter((parameter) => parameter.in === "header")
        .map(({ name }) => name)
        .filter((name) => name !== "X-Request-Id");
    expect(headersOf("/api/v1/orders", "post")).toEqual(["Prefer", "Idempotency-Key"]);
    expect(headersOf("/api/v1/products/{sku}", "put")).toEqual(["If-Match", "If-None-Match"]);
    expect(headersOf("/api/v1/stock/{sku}/adjustments", "post")).toEqual(["Idempotency-Key"]);
    expect(headersOf("/api/v1/store", "put")).toEqual(["If-Match", "If-None-Match"]);
  });
});
