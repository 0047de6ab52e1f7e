import { createServer, type Server } from "node:http";
import express from "express";
import { pino } from "pino";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import * as z from "zod";
import { createRefusalLog } from "../../../src/api/auth/access-log.ts";
import { answerProblems } from "../../../src/api/http/answer-problems.ts";
import { AdvisedError } from "../../../src/api/http/advised-error.ts";
import { logOptions } from "../../../src/process/create-log.ts";
import { listenOnFreePort } from "../../support/listen.ts";

const secret = "correct horse battery staple";
const logged: string[] = [];
let server: Server;
let url: string;
/** What the address /fails throws next. */
let failure: unknown;

beforeAll(async () => {
  const app = express();
  app.set("query parser", "simple");
  app.post("/form", express.urlencoded({ extended: false, limit: "10kb", parameterLimit: 10 }));
  app.post("/json", express.json({ limit: 20_000 }));
  app.use("/files", express.static(import.meta.dirname));
  app.get("/things/:id", (_request, response) => {
    response.send("a thing");
  });
  app.all("/fails", () => {
    throw failure;
  });
  const log = pino(logOptions("trace"), { write: (line: string) => void logged.push(line) });
  app.use(answerProblems(log, createRefusalLog(log)));
  server = createServer(app);
  url = await listenOnFreePort(server);
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => void logged.splice(0));

const problem = z.object({ status: z.int(), type: z.string(), detail: z.string() });
async function ask(method: string, path: string, body?: string, type = "application/json") {
  const headers = body === undefined ? {} : { "content-type": type };
  const response = await fetch(`${url}${path}`, { method, headers, body: body ?? null });
  return { headers: response.headers, ...problem.parse(await response.json()) };
}
const fail = (error: unknown, method = "POST") => {
  failure = error;
  return ask(method, "/fails");
};

describe("a request that a middleware refuses", () => {
  it("is never logged: a form of too many fields may hold a password", async () => {
    const fields = Array.from({ length: 11 }, (_, index) => `f${index}=1`).join("&");
    const form = `${fields}&password=${encodeURIComponent(secret)}`;
    const answer = await ask("POST", "/form", form, "application/x-www-form-urlencoded");
    expect(answer).toMatchObject({ status: 413, type: "/problems/too-large" });
    const json = await ask("POST", "/json", `{"password": "${secret}", oops`);
    expect(json.status).toBe(400);
    expect(logged).toEqual([]);
  });

  it.each([
    ["files/%00", 404],
    ["files/%ff", 404],
    ["things/%ff", 400],
  ])("has a 4xx for the address /%s", async (path, status) => {
    const response = await fetch(`${url}/${path}`);
    expect([response.status, logged]).toEqual([status, []]);
  });

  it("for a file's version is a 412, for a range beyond its end a 416 with its length", async () => {
    const file = `${url}/files/answer-problems.test.ts`;
    const stale = await fetch(file, { headers: { "if-match": '"none"' } });
    expect(stale.status).toBe(412);
    const beyond = await fetch(file, { headers: { range: "bytes=999999999-" } });
    expect(beyond.status).toBe(416);
    expect(beyond.headers.get("content-range")).toMatch(/^bytes \*\/\d+$/);
    expect(logged).toEqual([]);
  });
});

describe("a failure of the service", () => {
  it("that is an absence is a 503 to come back after, logged once however often it comes", async () => {
    for (let times = 0; times < 20; times += 1) {
      const full = Object.assign(new Error("could not extend file"), { code: "53100" });
      const answer = await fail(full);
      expect(answer.status).toBe(503);
      expect(answer.headers.get("retry-after")).toBe("2");
    }
    expect(logged).toHaveLength(1);
  });

  it("that is a bug is a 500, logged with its stack but without what a library put on it", async () => {
    const answer = await fail(Object.assign(new Error("oops"), { body: secret, status: 500 }));
    expect(answer.status).toBe(500);
    expect(answer.headers.get("retry-after")).toBeNull();
    expect(answer.detail).not.toContain("oops");
    expect(logged.join("")).toContain("oops");
    expect(logged.join("")).toMatch(/"stack":"[^"]*at .*answer-problems\.test\.ts/);
    expect(logged.join("")).not.toContain(secret);
  });

  it("never says that nothing was stored, and says what to do", async () => {
    for (const error of [new Error("oops"), new Error("Query read timeout")]) {
      const write = await fail(error);
      expect(write.detail).toMatch(/may have been done/);
      expect(write.detail).not.toMatch(/nothing/i);
      const read = await fail(error, "GET");
      expect(read.detail).toMatch(/Send the same request again/);
      const unsure = await fail(new AdvisedError(error, "Do this."));
      expect(unsure.detail).toMatch(/Do this\.$/);
    }
  });

  it("over a value that the database can't hold is the client's to change, without its words", async () => {
    const error = Object.assign(new Error('invalid byte sequence for encoding "UTF8": 0x00'), {
      code: "22021",
    });
    const answer = await fail(error);
    expect(answer).toMatchObject({ status: 422, type: "/problems/validation-failed" });
    expect(answer.detail).not.toMatch(/UTF8|0x00|sequence/);
    expect(logged.join("")).toContain("22021");
  });
});
