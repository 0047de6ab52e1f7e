import { Agent, get } from "node:http";
import express, { type Express, type Response } from "express";
import { afterEach, describe, expect, it } from "vitest";
import { createHttpServer, type HttpServer } from "../../src/process/http-server.ts";
import { connectRaw, type RawConnection, rawHead } from "../support/raw-http.ts";

const servers: HttpServer[] = [];
const agents: Agent[] = [];
const raw: RawConnection[] = [];
afterEach(async () => {
  for (const connection of raw.splice(0)) connection.socket.destroy();
  for (const agent of agents.splice(0)) agent.destroy();
  await Promise.all(servers.splice(0).map((server) => server.close(1_000)));
});

async function listen(
  app: Express,
  timeoutMs?: number,
): Promise<{ server: HttpServer; url: string }> {
  const server = createHttpServer(app, 0, timeoutMs);
  servers.push(server);
  return { server, url: await server.listen({ HOST: "127.0.0.1", PORT: 0 }) };
}

async function connect(url: string): Promise<RawConnection> {
  const connection = await connectRaw(url);
  raw.push(connection);
  return connection;
}

/** Answers `/` at once, and `/slow` once it is let go. */
function slowApp() {
  const slow: Response[] = [];
  const app = express();
  app.get("/", (_request, response) => void response.send("now"));
  app.get("/slow", (_request, response) => void slow.push(response));
  return { app, slow, letGo: () => slow.splice(0).forEach((response) => response.send("late")) };
}

describe("a server that is told to stop", () => {
  it("answers what is under way, says that the connection ends, and ends it", async () => {
    const { app, slow, letGo } = slowApp();
    const { server, url } = await listen(app);
    const connection = await connect(url);
    connection.send(rawHead("GET", "/slow"));
    await expect.poll(() => slow.length).toBe(1);
    const stopped = server.close(20_000);
    letGo();
    await connection.closed;
    expect(connection.received()).toContain("Connection: close");
    expect(connection.received()).toContain("late");
    await stopped;
  });

  it("answers clients that never rest once more each, cuts none of them off, and ends", async () => {
    const { app } = slowApp();
    const { server, url } = await listen(app);
    const agent = new Agent({ keepAlive: true, maxSockets: 30 });
    agents.push(agent);
    let refused = 0;
    let cut = 0;
    let lastOfConnections = 0;
    const ask = (): Promise<void> =>
      new Promise((resolve) => {
        get(url, { agent }, (response) => {
          if (response.headers.connection === "close") lastOfConnections += 1;
          response.resume();
          response.once("end", () => resolve());
        }).once("error", (error) => {
          // Nobody listens any more: the client goes elsewhere, and nothing that it sent was begun.
          if ("code" in error && error.code === "ECONNREFUSED") refused += 1;
          else cut += 1;
          resolve();
        });
      });
    const loop = async (): Promise<void> => {
      while (refused === 0) await ask();
    };
    const loops = Promise.all(Array.from({ length: 30 }, loop));
    for (let round = 0; round < 20; round += 1) await ask();
    await server.close(20_000, { graceMs: 100 });
    await loops;
    expect(lastOfConnections).toBeGreaterThanOrEqual(30);
    expect(cut).toBe(0);
  });

  it("takes newcomers during the time of grace, and none afterwards", async () => {
    const { app } = slowApp();
    const { server, url } = await listen(app);
    const idle = await connect(url);
    let isOver = false;
    const stopped = server.close(10_000, { graceMs: 1_000, whenOver: () => (isOver = true) });
    const newcomer = await connect(url);
    newcomer.send(rawHead("GET", "/"));
    await newcomer.answers(1);
    expect(isOver).toBe(false);
    await stopped;
    expect(isOver).toBe(true);
    await idle.closed;
    await expect(connect(url)).rejects.toThrow("ECONNREFUSED");
  });

  it("closes at its deadline what never ends", async () => {
    const { app, slow } = slowApp();
    const { server, url } = await listen(app);
    const stuck = await connect(url);
    stuck.send(rawHead("GET", "/slow"));
    await expect.poll(() => slow.length).toBe(1);
    await server.close(300, { graceMs: 10_000 });
    await stuck.closed;
    expect(stuck.received()).toBe("");
  });
});

describe("a client that sends requests without waiting for answers", () => {
  it("is answered in the order in which it asked", async () => {
    const app = express();
    app.get("/:number", async ({ params }, response) => {
      // The earlier ones take longer.
      const delay = 50 - 5 * Number(params["number"]);
      await new Promise((resolve) => setTimeout(resolve, delay));
      response.send(`<${params["number"]}>`);
    });
    const { url } = await listen(app);
    const connection = await connect(url);
    const numbers = Array.from({ length: 10 }, (_, number) => number);
    connection.send(numbers.map((number) => rawHead("GET", `/${number}`)).join(""));
    await connection.answers(10);
    await expect
      .poll(() =>
        [...connection.received().matchAll(/<(\d)>/g)].map(([, number]) => Number(number)),
      )
      .toEqual(numbers);
  });

  it("has one request worked on at a time, and none while it does not take its answer", async () => {
    let begun = 0;
    const app = express();
    app.get("/large", (_request, response) => {
      begun += 1;
      response.send(Buffer.alloc(20_000_000));
    });
    const { url } = await listen(app);
    const connection = await connect(url);
    connection.socket.pause();
    connection.send(rawHead("GET", "/large").repeat(40));
    await expect.poll(() => begun).toBe(1);
    // Whatever else is to happen on the server's side happens before another connection is answered.
    const other = await connect(url);
    other.send(rawHead("GET", "/"));
    await other.answers(1);
    expect(begun).toBe(1);
  });

  it("is closed if too many wait", async () => {
    const { app } = slowApp();
    const { url } = await listen(app);
    const connection = await connect(url);
    connection.send(rawHead("GET", "/slow").repeat(150));
    await connection.closed;
    expect(connection.received()).toBe("");
  });
});

it("closes silent connections beyond an address's share, and goes on answering", async () => {
  const { app } = slowApp();
  const { url } = await listen(app);
  const silent = await Promise.all(Array.from({ length: 600 }, () => connect(url)));
  const closed = () => silent.filter((connection) => connection.isClosed()).length;
  const prober = await connect(url);
  prober.send(rawHead("GET", "/"));
  await prober.answers(1);
  await expect.poll(closed, { timeout: 20_000 }).toBeGreaterThan(100);
});

describe("a connection on which nothing moves", () => {
  const timeoutMs = 100;

  it("is closed if its client does not read, although more of the answer would come", async () => {
    const ended = Promise.withResolvers<void>();
    const app = express();
    app.get("/endless", (_request, response) => {
      const write = (): void => {
        while (!response.closed && response.write(Buffer.alloc(100_000)));
      };
      response.on("drain", write);
      response.once("close", () => ended.resolve());
      write();
    });
    const { url } = await listen(app, timeoutMs);
    const connection = await connect(url);
    connection.socket.pause();
    connection.send(rawHead("GET", "/endless"));
    await expect(ended.promise).resolves.toBeUndefined();
  });

  it("is kept if its request is in progress", async () => {
    const { app, slow, letGo } = slowApp();
    const { url } = await listen(app, timeoutMs);
    const idle = await connect(url);
    const waiting = await connect(url);
    waiting.send(rawHead("GET", "/slow"));
    await expect.poll(() => slow.length).toBe(1);
    await idle.closed;
    const later = await connect(url);
    await later.closed;
    letGo();
    await waiting.answers(1);
    expect(waiting.received()).toContain("late");
  });
});
