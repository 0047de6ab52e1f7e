// The walk over routes. It reads the router of the running service itself, so that a route without a rule fails here.

import { type Express, Router } from "express";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { permissions } from "../../src/domain/access/permissions.ts";
import { logIn, type LoggedIn } from "../support/browser-like.ts";
import { keyWith } from "../support/people.ts";
import { startTestApi, type TestService } from "../support/service.ts";
import { type Operation, readDescribed } from "./described.ts";
import { appOf, type Mounted, mountedIn } from "./routes.ts";

const nameOf = ({ method, path }: Mounted): string => `${method} ${path}`;

/** The routes that are open to everybody, with what everybody gets there. */
const openRoutes: Readonly<Record<string, number | "the login">> = {
  "GET /": 302,
  "GET /livez": 200,
  "GET /readyz": 200,
  "GET /metrics": 200,
  "GET /openapi.json": 200,
  "GET /docs": 200,
  "GET /docs/start.js": 200,
  "GET /problems": 200,
  "GET /problems/style.css": 200,
  "GET /problems/:name": 404,
  "GET /unsubscribe/:person/:signature": 404,
  "POST /unsubscribe/:person/:signature": 404,
  "GET /admin/login.css": 200,
  "GET /admin/login": 200,
  "POST /admin/login": 401,
  "GET /admin/login/code": "the login",
  "POST /admin/login/code": "the login",
  "GET /admin/login/password": 401,
  "GET /admin/login/forgot": 200,
  "POST /admin/login/forgot": 200,
  "POST /admin/login/password": 401,
  "GET /admin/logout": 200,
  "POST /admin/logout": 303,
  "POST /api/v1/session": 422,
  "DELETE /api/v1/session": 204,
};

/** The pages of the admin app lead everybody to the login. */
const pages: readonly string[] = ["GET /admin", "GET /admin/*path"];

/**
 * What answers besides routes, and how often: headers, 401 and 404 for what is not there, errors as problems, the
 * files of the docs and of the admin app, and the board, which lets nobody in without `queues:read`.
 */
const handlers: readonly string[] = [
  "HANDLER /",
  "HANDLER /",
  "ERRORS /",
  "HANDLER /api/v1",
  "HANDLER /api/v1/session",
  "ERRORS /admin/login",
  "HANDLER /admin/queues",
  "HANDLER /admin",
  "HANDLER /admin/assets",
  "HANDLER /admin/assets",
  "HANDLER /docs",
  "HANDLER /docs",
  "HANDLER /problems",
];

const methods = ["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"];
const writes = ["POST", "PUT", "PATCH", "DELETE"];

let service: TestService;
let app: Express;
let operations: ReadonlyMap<string, Operation>;
let mounted: readonly Mounted[];
let addresses: readonly string[];
let session: LoggedIn;

beforeAll(async () => {
  service = await startTestApi();
  session = await logIn(service.url);
  app = await appOf(service.url);
  const described = await readDescribed(service.url);
  operations = new Map(
    described.operations.map((one) => [
      `${one.method} ${one.path.replaceAll(/\{(\w+)\}/g, ":$1")}`,
      one,
    ]),
  );
  mounted = mountedIn(app);
  addresses = [...new Set(mounted.map(({ path }) => path))];
});
afterAll(() => service.stop());

/** Those of the routes and handlers that no rule names, and the rules that nothing stands for. */
function withoutRule(all: readonly Mounted[]): string[] {
  const rules = [...operations.keys(), ...Object.keys(openRoutes), ...pages, ...handlers];
  const left = [...new Set(rules.filter((rule) => !handlers.includes(rule))), ...handlers];
  const ruled = new Set([...operations.keys()].map((name) => name.replace(/^\S+/, "ALL")));
  const unruled = all.map(nameOf).filter((name) => {
    const at = left.indexOf(name);
    if (at >= 0) left.splice(at, 1);
    return at < 0 && !ruled.has(name);
  });
  return [...unruled, ...left.map((rule) => `nothing for ${rule}`)];
}

const addressOf = (path: string): string => path.replaceAll(/[:*]\w+/g, "x");

const ask = (method: string, path: string, headers: Readonly<Record<string, string>> = {}) =>
  fetch(`${service.url}${addressOf(path)}`, {
    method,
    redirect: "manual",
    headers: { accept: "text/html,application/json", ...headers },
  });

describe("every route", () => {
  it("has a rule", () => {
    expect(mounted.length).toBeGreaterThan(150);
    expect(withoutRule(mounted)).toEqual([]);
    const unpermitted = [...operations.values()].filter(({ opensWith }) => opensWith.length === 0);
    expect(unpermitted).toEqual([]);
  });

  it("without a credential is closed, with every method, unless its rule says that it is open", async () => {
    for (const path of addresses) {
      for (const method of methods) {
        const name = `${method} ${path}`;
        const rule = openRoutes[name.replace(/^HEAD/, "GET")];
        const reply = await ask(method, path);
        const leadsToLogin =
          reply.headers.get("location")?.startsWith("/admin/login?next=") === true;
        const page = leadsToLogin ? "the login" : reply.status;
        expect([name, page]).toEqual([name, rule ?? closedTo(name)]);
        expect(reply.headers.get("x-powered-by")).toBeNull();
        expect(reply.headers.get("x-content-type-options")).toBe("nosniff");
      }
    }
  });

  /** What a stranger gets at a route that is not open. */
  function closedTo(name: string): unknown {
    const isRead = /^(GET|HEAD) /.test(name);
    if (/^\S+ \/api\/v1(\/|$)/.test(name)) return 401;
    if (/^\S+ \/admin\/queues/.test(name)) return name.startsWith("GET ") ? "the login" : 401;
    if (isRead && pages.includes(name.replace("HEAD", "GET"))) return "the login";
    // Express itself tells which methods an open route has.
    return name.startsWith("OPTIONS ") ? expect.toBeOneOf([200, 404]) : 404;
  }

  it("is closed to a key with every permission but its own, and open to one with no other", async () => {
    const keys = new Map<string, { authorization: string }>();
    const keyFor = async (scopes: readonly string[]) => {
      const key = keys.get(scopes.join(" ")) ?? (await keyWith(service, scopes));
      keys.set(scopes.join(" "), key);
      return key;
    };
    for (const [name, { method, opensWith }] of operations) {
      if (typeof opensWith === "string") continue;
      const path = name.replace(/^\S+ /, "");
      const others = await keyFor(permissions.filter((one) => !opensWith.includes(one)));
      for (const one of method === "GET" ? ["GET", "HEAD"] : [method]) {
        expect([name, (await ask(one, path, others)).status]).toEqual([name, 403]);
      }
      for (const one of opensWith) {
        const { status } = await ask(method, path, await keyFor([one]));
        expect([name, [401, 403, 405].includes(status), status < 500]).toEqual([name, false, true]);
      }
    }
  });

  it("of an own account is closed to keys, which have none", async () => {
    const key = await keyWith(service, permissions);
    for (const [name, { method, opensWith }] of operations) {
      if (opensWith !== "session") continue;
      const { status } = await ask(method, name.replace(/^\S+ /, ""), key);
      expect([name, status]).toEqual([name, 401]);
    }
  });

  it("refuses a write that a page of another site sends with somebody's session", async () => {
    const elsewhere = [
      { origin: "https://evil.example" },
      { origin: "null" },
      { "sec-fetch-site": "cross-site" },
      { "sec-fetch-site": "same-site", origin: service.url },
    ];
    let asked = 0;
    for (const path of addresses) {
      const hasWrites = mounted.some(
        (one) => one.path === path && [...writes, "ALL"].includes(one.method),
      );
      if (!hasWrites && path !== "/admin/queues") continue;
      for (const method of writes) {
        // The login's pages have no other write than a POST.
        if (path.startsWith("/admin/log") && method !== "POST") continue;
        // It goes by a signature and not by a session: mail programs send it from wherever they are.
        if (path.startsWith("/unsubscribe/")) continue;
        for (const headers of elsewhere) {
          const reply = await ask(method, path, { ...headers, cookie: session.cookie });
          expect([method, path, headers, reply.status]).toEqual([method, path, headers, 403]);
          asked += 1;
        }
      }
    }
    expect(asked).toBeGreaterThan(500);
    expect((await ask("GET", "/api/v1/session", { cookie: session.cookie })).status).toBe(200);
  });
});

const nobody = (_request: unknown, response: { end(text: string): void }) =>
  response.end("come in");

describe("a route that somebody adds", () => {
  it.each<[string, (stray: Express) => void]>([
    ["GET /api/v1/stray", (stray) => stray.get("/api/v1/stray", nobody)],
    ["POST /api/v1/alerts", (stray) => stray.post("/api/v1/alerts", nobody)],
    ["GET /stray/inside", (stray) => stray.use("/stray", Router().get("/inside", nobody))],
    ["ALL /admin/stray", (stray) => stray.route("/admin/stray").all(nobody)],
    ["GET /also", (stray) => stray.get(["/livez", "/also"], nobody)],
    ["HANDLER /stray", (stray) => stray.use("/stray", nobody)],
    ["HANDLER /", (stray) => stray.use(nobody)],
    ["HANDLER /docs", (stray) => stray.use("/docs", nobody)],
  ])("has no rule, and is found: %s", (name, add) => {
    const before = app.router.stack.length;
    add(app);
    try {
      expect(withoutRule(mountedIn(app))).toContain(name);
    } finally {
      app.router.stack.splice(before);
    }
    expect(withoutRule(mountedIn(app))).toEqual([]);
  });

  it("with a pattern that no rule can name is not taken", () => {
    const before = app.router.stack.length;
    app.get(/stray/, nobody);
    try {
      expect(() => mountedIn(app)).toThrow("as text");
    } finally {
      app.router.stack.splice(before);
    }
  });
});
