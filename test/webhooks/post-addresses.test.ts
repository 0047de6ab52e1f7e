// Where messages don't go, whatever an endpoint's address or name says, and by which servers they are not taken in.

import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import { startScriptedServer } from "../../tools/lab/smtp-server.ts";
import { drops } from "../../tools/lab/webhook-reactions.ts";
import { inOrder, startWebhookReceiver } from "../../tools/lab/webhook-receiver.ts";
import { createAddressGuard } from "../../src/webhooks/address-guard.ts";
import { readAllowedAddresses } from "../../src/webhooks/addresses.ts";
import { messageTo, openPost } from "./support/posting.ts";

const pem = (name: string) =>
  readFileSync(new URL(`../db/support/tls/server.${name}`, import.meta.url), "utf8");
/** A certificate for localhost and 127.0.0.1, signed by itself. */
const tls = { key: pem("key"), cert: pem("crt") };

const here = { address: "127.0.0.1", family: 4 };
const allowed = readAllowedAddresses("127.0.0.1");

describe("a message to an address inside the network", () => {
  it.each(["127.0.0.1", "127.1", "0x7f000001", "[::ffff:127.0.0.1]", "0.0.0.0"])(
    "given as %s reaches nobody",
    async (host) => {
      await using receiver = await startWebhookReceiver({ tls });
      const post = openPost({ allowed: [] });
      for (const scheme of ["http", "https"]) {
        const attempt = await post(messageTo(`${scheme}://${host}:${receiver.port}`));
        expect(attempt).toMatchObject({ outcome: "failed", status: null });
        expect(attempt.error).toMatch(/leads to the machine that Tallyman runs on/);
      }
      expect(receiver.connections().ever).toBe(0);
    },
  );

  it("given as localhost reaches nobody", async () => {
    await using receiver = await startWebhookReceiver({ tls });
    const attempt = await openPost({ allowed: [] })(
      messageTo(`https://localhost:${receiver.port}`),
    );
    expect(attempt.error).toMatch(/leads to the machine that Tallyman runs on/);
    expect(receiver.connections().ever).toBe(0);
  });

  it("reaches nobody if the name leads there only after it was saved", async () => {
    await using receiver = await startWebhookReceiver({ tls });
    const url = `https://hooks.shop.example:${receiver.port}`;
    const answers = [{ address: "1.1.1.1", family: 4 }, here];
    const resolve = () => Promise.resolve(answers.splice(0, 1));
    expect(await createAddressGuard({ allowed: [], resolve }).urlRefusal(url)).toBeNull();
    const attempt = await openPost({ allowed: [], resolve })(messageTo(url));
    expect(attempt.error).toMatch(/hooks\.shop\.example:?\d* leads to the machine/);
    expect(receiver.connections().ever).toBe(0);
  });

  it("reaches nobody if the name leads there only when a connection is made anew", async () => {
    await using receiver = await startWebhookReceiver();
    const url = `http://erp.local:${receiver.port}`;
    let found = [here];
    const post = openPost({ allowed, resolve: () => Promise.resolve(found) });
    expect(await post(messageTo(url))).toMatchObject({ outcome: "delivered" });
    found = [{ address: "127.0.0.2", family: 4 }];
    // The connection is kept and leads where it led. When it ends, the name is looked up anew.
    expect(await post(messageTo(url))).toMatchObject({ outcome: "delivered" });
    receiver.follow(inOrder(drops));
    const attempt = await post(messageTo(url));
    expect(attempt.error).toMatch(/erp\.local leads to the machine/);
    expect(receiver.connections().ever).toBe(1);
  });

  it("is not plain unless all addresses of the name are allowed", async () => {
    await using receiver = await startWebhookReceiver();
    const found = [here, { address: "1.1.1.1", family: 4 }];
    const post = openPost({ allowed, resolve: () => Promise.resolve(found) });
    const attempt = await post(messageTo(`http://hooks.shop.example:${receiver.port}`));
    expect(attempt.error).toMatch(/begins with https:\/\//);
    expect(receiver.connections().ever).toBe(0);
  });
});

describe("a name", () => {
  it("that can't be looked up is a failure", async () => {
    const resolve = () =>
      Promise.reject(Object.assign(new Error("getaddrinfo"), { code: "ENOTFOUND" }));
    const attempt = await openPost({ resolve })(messageTo("https://hooks.shop.example"));
    expect(attempt.error).toBe(
      "Expected a host that can be found; hooks.shop.example has no address.",
    );
  });

  it("whose lookup does not end is left at the time limit", async () => {
    const post = openPost({ resolve: () => new Promise(() => {}), timeoutMs: 100 });
    const attempt = await post(messageTo("https://hooks.shop.example"));
    expect(attempt.error).toBe("The endpoint did not answer within 0.1 s.");
  });
});

describe("over TLS", () => {
  const before = getCACertificates("default");
  beforeAll(() => setDefaultCACertificates([...before, tls.cert]));
  afterAll(() => setDefaultCACertificates(before));

  it("a server whose certificate is trusted gets the message", async () => {
    await using receiver = await startWebhookReceiver({ tls });
    const post = openPost({ resolve: () => Promise.resolve([here]) });
    for (const host of ["127.0.0.1", "localhost", "localhost"]) {
      expect(await post(messageTo(`https://${host}:${receiver.port}`))).toMatchObject({
        outcome: "delivered",
      });
    }
    expect(receiver.connections().ever).toBe(2);
  });

  it("a server with a certificate for another name gets nothing", async () => {
    await using receiver = await startWebhookReceiver({ tls });
    const post = openPost({ resolve: () => Promise.resolve([here]) });
    const attempt = await post(messageTo(`https://hooks.shop.example:${receiver.port}`));
    expect(attempt.error).toMatch(/^The certificate is for another name than hooks\.shop\.example/);
    expect(receiver.deliveries).toEqual([]);
  });

  it("a server without TLS at that port gets nothing", async () => {
    await using receiver = await startWebhookReceiver();
    const attempt = await openPost()(messageTo(`https://127.0.0.1:${receiver.port}`));
    expect(attempt.error).toMatch(/^There is no secure connection to 127\.0\.0\.1/);
    expect(receiver.deliveries).toEqual([]);
  });

  it("a server that does not finish the handshake is left at the time limit", async () => {
    await using silent = await startScriptedServer(() => undefined);
    const attempt = await openPost({ timeoutMs: 100 })(
      messageTo(`https://127.0.0.1:${silent.port}`),
    );
    expect(attempt.error).toBe("The endpoint did not answer within 0.1 s.");
  });
});

describe("a certificate that nobody has signed", () => {
  it.each(["1", "0"])("is refused with NODE_TLS_REJECT_UNAUTHORIZED=%s", async (variable) => {
    vi.stubEnv("NODE_TLS_REJECT_UNAUTHORIZED", variable);
    onTestFinished(() => {
      vi.unstubAllEnvs();
    });
    await using receiver = await startWebhookReceiver({ tls });
    const attempt = await openPost()(messageTo(`https://127.0.0.1:${receiver.port}`));
    expect(attempt.error).toMatch(/is not signed by a trusted authority\.$/);
    expect(receiver.deliveries).toEqual([]);
  });
});

it("no proxy that the environment names gets a message", async () => {
  await using receiver = await startWebhookReceiver();
  await using proxy = await startWebhookReceiver();
  const source = `
    const { createPost } = await import(${JSON.stringify(new URL("../../src/webhooks/post.ts", import.meta.url).href)});
    const { readAllowedAddresses } = await import(${JSON.stringify(new URL("../../src/webhooks/addresses.ts", import.meta.url).href)});
    const { post, close } = createPost({ allowed: readAllowedAddresses("127.0.0.1") });
    const message = ${JSON.stringify(messageTo(receiver.url))};
    console.log(JSON.stringify(await post(message, new AbortController().signal)));
    close();`;
  const environment = {
    ...process.env,
    NODE_USE_ENV_PROXY: "1",
    http_proxy: proxy.url,
    HTTP_PROXY: proxy.url,
    https_proxy: proxy.url,
    NO_PROXY: "",
    no_proxy: "",
  };
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ["--input-type=module", "--eval", source],
    { env: environment },
  );
  expect(JSON.parse(stdout)).toMatchObject({ outcome: "delivered" });
  expect(receiver.deliveries).toHaveLength(1);
  expect(proxy.connections().ever).toBe(0);
});
