import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import * as z from "zod";
import { jobs } from "../../../src/queues/jobs/all-jobs.ts";
import { queueBackends } from "../../support/backends.ts";
import { type LoggedIn, logIn, sendAs } from "../../support/browser-like.ts";
import { createGroup, createPerson, keyWith } from "../../support/people.ts";
import { startTestService, type TestService } from "../../support/service.ts";

const board = z.object({
  queues: z.array(
    z.object({
      name: z.string(),
      description: z.string(),
      readOnlyMode: z.boolean(),
      jobs: z.array(
        z.object({ id: z.string(), name: z.string(), externalUrl: z.object({ href: z.string() }) }),
      ),
    }),
  ),
});

describe.each(queueBackends)("the board of queues, on $name", (backend) => {
  let service: TestService;
  let admin: LoggedIn;
  let viewer: LoggedIn;
  let order: { id: string; url: string };
  beforeAll(async () => {
    service = await startTestService({ backend, roles: ["api"] });
    admin = await logIn(service.url);
    viewer = await logIn(
      service.url,
      await createPerson(service, "viewer@example.com", ["viewers"]),
    );
    await service.send("PUT", "/products/MUG", {
      name: "<img src=x onerror=alert(1)>",
      unitsInStock: 5,
    });
    const placed = await service.send("POST", "/orders", {
      reference: "R-1<img src=x onerror=alert(1)>",
      lines: [{ sku: "MUG", quantity: 1 }],
    });
    const { id } = z.object({ id: z.string() }).parse(placed.body);
    order = { id, url: `/admin/queues/api/queues/orders/${id}` };
    await vi.waitFor(async () => expect((await get(order.url)).status).toBe(200), {
      timeout: 10_000,
      interval: 50,
    });
  });
  afterAll(() => service.stop());

  const get = (path: string, as = admin) => sendAs(service.url, as, "GET", path);
  const put = (path: string, as: LoggedIn) => sendAs(service.url, as, "PUT", path, {});

  async function readBoard(as: LoggedIn) {
    const reply = await get("/admin/queues/api/queues?activeQueue=orders&status=latest", as);
    expect(reply.status).toBe(200);
    return board.parse(await reply.json()).queues;
  }

  it("shows every queue in words, and each job by what it is about", async () => {
    const queues = await readBoard(admin);
    expect(queues.map(({ name }) => name)).toEqual(Object.values(jobs).map(({ queue }) => queue));
    for (const { description } of queues) expect(description).toMatch(/^One job per /);
    expect(queues[0]?.jobs).toEqual([
      {
        id: order.id,
        name: "Order R-1<img src=x onerror=alert(1)> (1 line)",
        externalUrl: { href: `/admin/orders/${order.id}` },
      },
    ]);
  });

  it("leads from a job that is gone to its order, and from another to itself", async () => {
    const placed = await service.send("POST", "/orders", {
      reference: "R-gone",
      lines: [{ sku: "MUG", quantity: 1 }],
    });
    const { id } = z.object({ id: z.string() }).parse(placed.body);
    const locationOf = async (job: string) => {
      const reply = await fetch(
        `${service.url}/admin/queues/queue/orders/${job}?status=completed`,
        {
          redirect: "manual",
          headers: { cookie: admin.cookie, accept: "text/html" },
        },
      );
      return [reply.status, reply.headers.get("location")];
    };
    const job = `/admin/queues/api/queues/orders/${id}`;
    await vi.waitFor(async () => expect((await get(job)).status).toBe(200), {
      timeout: 10_000,
      interval: 50,
    });
    expect(await locationOf(id)).toEqual([200, null]);
    expect((await put(`${job}/clean`, admin)).status).toBe(204);
    expect(await locationOf(id)).toEqual([302, `/admin/orders/${id}`]);
    expect(await locationOf("00000000-0000-4000-8000-000000000000")).toEqual([200, null]);
    expect(await locationOf("no-id")).toEqual([200, null]);
  });

  it("is asked for a login: people are led there, programs told", async () => {
    const page = await fetch(`${service.url}/admin/queues/queue/orders?status=failed`, {
      redirect: "manual",
      headers: { accept: "text/html,application/xhtml+xml" },
    });
    expect(page.status).toBe(302);
    expect(page.headers.get("location")).toBe(
      "/admin/login?next=%2Fadmin%2Fqueues%2Fqueue%2Forders%3Fstatus%3Dfailed",
    );
    for (const path of [
      "",
      "/api/queues",
      "/static/favicon-32x32.png",
      `/api/queues/orders/${order.id}`,
    ]) {
      const reply = await fetch(`${service.url}/admin/queues${path}`, { redirect: "manual" });
      expect([path, reply.status]).toEqual([path, 401]);
      expect(reply.headers.get("content-type")).toContain("application/problem+json");
    }
    const write = await fetch(`${service.url}/admin/queues/api/queues/orders/pause`, {
      method: "PUT",
    });
    expect(write.status).toBe(401);
  });

  it("is closed to people and keys that may not read the queues", async () => {
    await createGroup(service, "pickers", ["orders:read"]);
    const picker = await logIn(
      service.url,
      await createPerson(service, "picker@example.com", ["pickers"]),
    );
    expect((await get("/admin/queues/api/queues", picker)).status).toBe(403);
    const page = await fetch(`${service.url}/admin/queues`, {
      headers: { cookie: picker.cookie, accept: "text/html" },
    });
    expect(page.status).toBe(403);
    expect(await page.text()).toContain("Expected the permission queues:read");
    const key = await keyWith(service, ["orders:read"]);
    const byKey = await fetch(`${service.url}/admin/queues/api/queues`, { headers: key });
    expect(byKey.status).toBe(403);
  });

  it("is read-only for viewers: whatever changes a queue is refused", async () => {
    for (const queue of await readBoard(viewer)) expect(queue.readOnlyMode).toBe(true);
    for (const queue of await readBoard(admin)) expect(queue.readOnlyMode).toBe(false);
    for (const path of [
      `${order.url}/retry`,
      `${order.url}/clean`,
      `${order.url}/promote`,
      "/admin/queues/api/queues/orders/clean/wait",
      "/admin/queues/api/queues/orders/empty",
      "/admin/queues/api/queues/orders/obliterate",
      "/admin/queues/api/queues/orders/retry/failed",
      "/admin/queues/api/queues/orders/concurrency",
      "/admin/queues/api/queues/pause",
    ]) {
      const reply = await put(path, viewer);
      expect([path, reply.status]).toEqual([path, 405]);
      expect(await reply.json()).toMatchObject({ type: "/problems/method-not-allowed" });
    }
    for (const method of ["POST", "PATCH", "DELETE"]) {
      const reply = await sendAs(
        service.url,
        viewer,
        method,
        "/admin/queues/api/queues/orders/add",
        {},
      );
      expect([method, reply.status]).toEqual([method, 405]);
    }
    expect((await get(order.url)).status).toBe(200);
  });

  it("refuses what a page of another site would change, whoever is logged in", async () => {
    const reply = await fetch(`${service.url}/admin/queues/api/queues/orders/pause`, {
      method: "PUT",
      headers: {
        cookie: admin.cookie,
        origin: "https://evil.example",
        "sec-fetch-site": "cross-site",
      },
    });
    expect(reply.status).toBe(403);
    expect(await reply.json()).toMatchObject({ type: "/problems/cross-site-request" });
  });

  it("lets administrators pause and resume", async () => {
    const isPaused = async () => {
      const text = await (await get("/admin/queues/api/queues")).text();
      return /"name":"mail".*?"isPaused":(true|false)/.exec(text)?.[1];
    };
    expect((await put("/admin/queues/api/queues/mail/pause", admin)).status).toBe(200);
    expect(await isPaused()).toBe("true");
    expect((await put("/admin/queues/api/queues/mail/resume", admin)).status).toBe(200);
    expect(await isPaused()).toBe("false");
  });

  it("loads nothing from elsewhere, can't be framed, and does not name its framework", async () => {
    for (const path of [
      "/admin/queues",
      "/admin/queues/api/queues",
      "/admin/queues/static/nothing",
    ]) {
      const reply = await get(path);
      const policy = reply.headers.get("content-security-policy") ?? "";
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("script-src 'self';");
      expect(policy).toMatch(/style-src 'self' 'sha256-[\w+/=]{44}';/);
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toMatch(/https?:|\*/);
      expect(reply.headers.get("x-content-type-options")).toBe("nosniff");
      expect(reply.headers.get("x-powered-by")).toBeNull();
    }
  });

  it("tells what it shows of the store, and that it is the store that it says", async () => {
    const stats = await get("/admin/queues/api/redis/stats");
    if (backend.name === "PostgreSQL") {
      // The board draws Redis's sign for it.
      expect(stats.status).toBe(403);
    } else {
      expect(stats.status).toBe(200);
      expect(await stats.json()).toHaveProperty("version");
    }
    const page = await (await get("/admin/queues")).text();
    expect(page).toContain(`"label":"${backend.name}"`);
  });

  it("knows no job whose id has characters that no id has, and takes no data that can't be stored", async () => {
    for (const id of ["%00", "a%00b", "%0a"]) {
      const reply = await get(`/admin/queues/api/queues/orders/${id}`);
      expect([id, reply.status]).toEqual([id, 404]);
    }
    expect((await get("/admin/queues/api/queues/orders/%ff")).status).toBe(400);
    const data = { v: 1, text: "\u0000" };
    const path = "/admin/queues/api/queues/orders/add";
    const added = await sendAs(service.url, admin, "POST", path, {
      name: "process-order",
      data,
      options: {},
    });
    expect([200, 400]).toContain(added.status);
  });

  it("shows no more jobs at once than a page has", async () => {
    const longPage = (count: string) => get(`/admin/queues/api/queues?jobsPerPage=${count}`);
    expect((await longPage("50")).status).toBe(200);
    for (const count of ["1000000000", "many", "1e9"])
      expect((await longPage(count)).status).toBe(422);
  });

  it("answers bodies that can't be read without a stack, a path or a 500", async () => {
    const reply = await fetch(`${service.url}/admin/queues/api/queues/orders/add`, {
      method: "POST",
      headers: { cookie: admin.cookie, "content-type": "application/json" },
      body: "{",
    });
    expect(reply.status).toBe(400);
    expect(await reply.text()).not.toMatch(/node_modules|at .+:\d+|Unexpected|JSON/);
  });
});
