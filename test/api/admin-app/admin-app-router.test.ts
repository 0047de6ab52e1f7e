import { mkdtemp, mkdir, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import express from "express";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { adminAppRouter } from "../../../src/api/admin-app/admin-app-router.ts";
import { listenOnFreePort } from "../../support/listen.ts";

/** A session is all that the router asks about: whoever sends this cookie has one. */
const cookie = "session=valid";
const html = { accept: "text/html,application/xhtml+xml,*/*;q=0.8" };

let folder: string;
let server: Server;
let url: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tallyman-admin-"));
  const user = {
    id: "1",
    email: "a@example.com",
    name: "A",
    groups: [],
    permissions: new Set<never>(),
    mustChangePassword: false,
    language: null,
    locale: null,
    timeZone: null,
  };
  const app = express();
  const sessionUser = (request: express.Request) =>
    Promise.resolve(request.headers.cookie === cookie ? user : null);
  app.use(adminAppRouter({ sessionUser }, folder));
  app.use((_request, response) => {
    response.status(404).send("elsewhere");
  });
  server = createServer(app);
  url = await listenOnFreePort(server);
});

afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await rm(folder, { recursive: true });
});

const get = (path: string, headers: Record<string, string> = { ...html, cookie }) =>
  fetch(`${url}${path}`, { headers, redirect: "manual" });

describe("the admin app before it is built", () => {
  it("says how to build it", async () => {
    const response = await get("/admin");
    expect(response.status).toBe(503);
    expect(await response.text()).toContain("npm run build");
  });
});

describe("the admin app", () => {
  beforeAll(async () => {
    await mkdir(join(folder, "assets"));
    await writeFile(join(folder, "index.html"), "<head><title>App</title></head>");
    await writeFile(join(folder, "assets", "index-abc.js"), "run()".padEnd(5_000));
    await writeFile(join(folder, "assets", ".secret"), "hidden");
  });

  it.each(["/admin", "/admin/", "/admin/products", "/admin/products/A%2FB/history?days=1"])(
    "is one page at %s, with a policy that lets in no script from elsewhere",
    async (path) => {
      const response = await get(path);
      expect(response.status).toBe(200);
      const policy = response.headers.get("content-security-policy") ?? "";
      const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? "";
      expect(await response.text()).toBe(
        `<head><meta property="csp-nonce" nonce="${nonce}" /><title>App</title></head>`,
      );
      expect(policy).toContain("default-src 'none'; script-src 'self';");
      expect(policy).not.toContain("unsafe-eval");
      expect(/style-src ([^;]*);/.exec(policy)?.[1]).toMatch(/^'self' 'nonce-[\w+/=]{24}'$/);
      expect(policy).toContain("frame-ancestors 'none'");
      expect(response.headers.get("cache-control")).toBe("no-store");
    },
  );

  it("sends who is not logged in to the login, and back to where they wanted to go", async () => {
    const response = await get("/admin/orders?status=rejected", html);
    expect(response.status).toBe(302);
    expect(response.headers.get("location")).toBe(
      "/admin/login?next=%2Fadmin%2Forders%3Fstatus%3Drejected",
    );
  });

  it("gives its files to anybody, compressed, to be kept for good", async () => {
    const response = await get("/admin/assets/index-abc.js", { "accept-encoding": "gzip" });
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toContain("text/javascript");
    expect(response.headers.get("content-encoding")).toBe("gzip");
    expect(response.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
  });

  it("answers a file that is gone with 404 and never with the page", async () => {
    const answers = await Promise.all(
      ["/admin/assets/old-123.js", "/admin/assets/.secret", "/admin/assets/"].map((path) =>
        get(path),
      ),
    );
    const told = answers.map(({ status, headers }) => [status, headers.get("content-type")]);
    expect(told).toEqual(answers.map(() => [404, "text/plain; charset=utf-8"]));
  });

  it("leaves to others what is no page: programs, other methods, hidden files", async () => {
    expect((await get("/admin/products", { accept: "application/json", cookie })).status).toBe(404);
    expect((await get("/admin/products", { cookie })).status).toBe(404);
    expect((await get("/admin/.env")).status).toBe(404);
    const posted = await fetch(`${url}/admin/products`, {
      method: "POST",
      headers: { ...html, cookie },
    });
    expect(await posted.text()).toBe("elsewhere");
  });

  it("shows a new build to whoever comes next", async () => {
    await writeFile(join(folder, "index.html"), "<title>Next</title>");
    expect(await (await get("/admin")).text()).toBe("<title>Next</title>");
  });
});
