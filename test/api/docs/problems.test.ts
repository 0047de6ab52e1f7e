import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { problemPages } from "../../../src/contract/problem-pages.ts";
import { problemKinds } from "../../../src/contract/problem.ts";
import { startTestApi, type TestService } from "../../support/service.ts";

let service: TestService;
beforeAll(async () => {
  service = await startTestApi();
});
afterAll(() => service.stop());

const api = fileURLToPath(new URL("../../../src/api/", import.meta.url));

/** The code of the API, without the kinds' own texts. */
const code = readdirSync(api, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts"))
  .map((name) => readFileSync(`${api}/${name}`, "utf8"))
  .join("\n");

describe("the pages of problems", () => {
  it.each(Object.keys(problemKinds))("%s has its page, and the code answers it", async (kind) => {
    expect(code).toContain(`"${kind}"`);
    const reply = await fetch(`${service.url}/problems/${kind}`);
    expect(reply.status).toBe(200);
    expect(reply.headers.get("content-type")).toContain("text/html");
    expect(reply.headers.get("content-security-policy")).toContain("style-src 'self'");
    const page = await reply.text();
    expect(page).toContain("What to do");
    expect(page).toContain(`"type": "/problems/${kind}"`);
    expect(page.split("<h2>An example")[0]).not.toContain("`");
  });

  it("name the operations that can answer them, or say that nearly all can", async () => {
    const pageOf = async (kind: string) => (await fetch(`${service.url}/problems/${kind}`)).text();
    const reference = await pageOf("reference-conflict");
    expect(reference).toContain("<code>POST /orders</code>");
    expect(reference).not.toContain("<code>GET /orders</code>");
    expect(await pageOf("unavailable")).toContain("Nearly every request");
    expect(await pageOf("unavailable")).not.toContain("<li>");
    expect(await pageOf("unknown-place")).toContain("<code>GET /events</code>");
  });

  it("are those of the kinds, and are all listed", async () => {
    expect(Object.keys(problemPages)).toEqual(Object.keys(problemKinds));
    const list = await (await fetch(`${service.url}/problems`)).text();
    const linked = [...list.matchAll(/href="\/problems\/([a-z-]+)"/g)].map(([, kind]) => kind);
    expect(linked).toEqual(Object.keys(problemKinds));
  });

  it("say cause and cure in short sentences of their own", () => {
    for (const [kind, { cause, cure }] of Object.entries(problemPages)) {
      for (const text of [cause, cure]) {
        expect([kind, /^[A-Z].*\.$/.test(text)]).toEqual([kind, true]);
        expect([kind, text.length < 300]).toEqual([kind, true]);
      }
    }
  });

  it("are where the type of an answer leads", async () => {
    const { body } = await service.send("GET", "/orders?limit=0");
    const { type } = z.looseObject({ type: z.string() }).parse(body);
    const page = await fetch(new URL(type, `${service.url}/api/v1/orders`));
    expect(page.status).toBe(200);
    expect(await page.text()).toContain("The request is not valid");
  });

  it.each(["none", "constructor"])("of another name, as %s, are a 404 problem", async (name) => {
    const reply = await fetch(`${service.url}/problems/${name}`);
    expect(reply.status).toBe(404);
    expect(await reply.json()).toMatchObject({ type: "/problems/not-found" });
  });
});
