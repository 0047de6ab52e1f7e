import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { logIn, sendAs } from "../../support/browser-like.ts";
import { createGroup, createPerson, keyWith } from "../../support/people.ts";
import { startTestService, type TestService } from "../../support/service.ts";
import { startSmtpReceiver } from "../../../tools/lab/smtp-server.ts";

const path = "/mail-templates/shop:low_stock_internal";

let smtp: Awaited<ReturnType<typeof startSmtpReceiver>>;
let service: TestService;
beforeAll(async () => {
  smtp = await startSmtpReceiver({
    atRecipient: () => (refused ? { code: 550, message: "no such box" } : undefined),
  });
  service = await startTestService({ roles: ["api"], environment: { SMTP_URL: smtp.url } });
});
afterAll(async () => {
  await service.stop();
  await smtp[Symbol.asyncDispose]();
});

let refused = false;
beforeEach(async () => {
  refused = false;
  await service.sql("delete from mail_template");
});

const override = {
  subject: "Low: {{ product.name }}",
  body: "Only **{{ stock.unitsInStock }}** left.",
};

describe("a mail template", () => {
  it("has the built-in text until the store overrides it", async () => {
    const builtIn = await service.send("GET", path);
    expect(builtIn.body).toMatchObject({
      code: "shop:low_stock_internal",
      subject: null,
      body: null,
      defaultSubject: expect.stringMatching(/^Product Stock Low - \{\{ product.name \}\}/),
      version: 0,
      updatedBy: null,
    });
    const stored = await service.send("PUT", path, override);
    expect(stored.status).toBe(200);
    expect(stored.body).toMatchObject({ ...override, version: 1, updatedBy: "key:first-key" });
    expect(stored.headers.get("etag")).toBe('"1"');
    expect((await service.send("GET", path)).body).toEqual(stored.body);
    const { body } = await service.send("GET", "/mail-templates");
    expect(body).toEqual({ data: expect.arrayContaining([stored.body]), nextCursor: null });
  });

  it("is reset to the built-in text, and keeps the override among its versions", async () => {
    await service.send("PUT", path, override);
    expect((await service.send("DELETE", path)).status).toBe(204);
    expect((await service.send("GET", path)).body).toMatchObject({ subject: null, version: 2 });
    await service.send("PUT", path, { subject: "Again {{ product.name }}" });
    const { body } = await service.send("GET", `${path}/versions`);
    expect(body).toMatchObject({
      data: [
        { version: 3, subject: "Again {{ product.name }}", body: null },
        { version: 2, subject: null, body: null },
        { version: 1, ...override, savedBy: "key:first-key" },
      ],
    });
    const first = await service.send("GET", `${path}/versions?limit=2`);
    const cursor = String(Reflect.get(Object(first.body), "nextCursor"));
    const second = await service.send("GET", `${path}/versions?limit=2&cursor=${cursor}`);
    expect(second.body).toMatchObject({ data: [{ version: 1 }], nextCursor: null });
  });

  it("gets no new version if nothing is new", async () => {
    await service.send("PUT", path, override);
    expect((await service.send("PUT", path, override)).body).toMatchObject({ version: 1 });
  });

  it("is not overwritten by somebody who saw an older version", async () => {
    const { headers } = await service.send("GET", path);
    const seen = { "if-match": headers.get("etag") ?? "" };
    expect((await service.send("PUT", path, override, seen)).status).toBe(200);
    const late = await service.send("PUT", path, { subject: "Late" }, seen);
    expect(late.status).toBe(412);
    expect(late.body).toMatchObject({ current: { ...override, name: "Low stock", version: 1 } });
    expect((await service.send("DELETE", path, undefined, seen)).status).toBe(412);
  });

  it("takes one of two first saves that come at once with the same version", async () => {
    const replies = await Promise.all(
      ["One", "Two"].map((subject) =>
        service.send("PUT", path, { subject }, { "if-match": '"0"' }),
      ),
    );
    expect(replies.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 412]);
  });

  it.each([
    [{ body: "fine\n\n{% if product.name %}never closed" }, "/body", 3],
    [{ body: "{{ product.nmae }}" }, "/body", 1],
    [{ subject: "{{ product.name" }, "/subject", 1],
    [
      { body: "{% for a in (1..100000) %}{% for b in (1..100000) %}x{% endfor %}{% endfor %}" },
      "/body",
      1,
    ],
    [{ body: "{% include '/etc/passwd' %}" }, "/body", 1],
    [{ body: "{{ constructor.constructor }}" }, "/body", 1],
  ])("%j is refused at %s, with line %i", async (broken, pointer, line) => {
    for (const [method, address] of [
      ["PUT", path],
      ["POST", `${path}/preview`],
      ["POST", `${path}/test-send`],
    ] as const) {
      const reply = await service.send(method, address, broken);
      expect(reply.status).toBe(422);
      expect(reply.body).toHaveProperty("errors.0.pointer", pointer);
      expect(reply.body).toHaveProperty("errors.0.line", line);
      expect(reply.body).toHaveProperty(
        "errors.0.detail",
        expect.stringMatching(`^Line ${line}: `),
      );
    }
    expect((await service.send("GET", path)).body).toMatchObject({ version: 0 });
  });

  it("refuses what is no template at all", async () => {
    expect((await service.send("PUT", path, { subject: "a\r\nBcc: b@example.com" })).status).toBe(
      422,
    );
    expect((await service.send("PUT", path, { subject: "a\u0000b" })).status).toBe(422);
    expect((await service.send("PUT", path, { subject: 5 })).status).toBe(422);
    expect((await service.send("PUT", path, { html: "<b>" })).status).toBe(422);
    for (const [method, rest] of [
      ["GET", ""],
      ["PUT", ""],
      ["DELETE", ""],
      ["GET", "/versions"],
      ["GET", "/variables"],
    ] as const) {
      const body = method === "PUT" ? override : undefined;
      expect((await service.send(method, `/mail-templates/shop:other${rest}`, body)).status).toBe(
        404,
      );
    }
  });

  it("lists the variables and samples that its editor shows", async () => {
    const { body } = await service.send("GET", `${path}/variables`);
    expect(body).toHaveProperty(
      "variables",
      expect.arrayContaining([expect.objectContaining({ name: "product.name" })]),
    );
    expect(body).toHaveProperty(
      "samples",
      expect.arrayContaining(["variant, out, without an order"]),
    );
  });
});

describe("a preview", () => {
  it("shows the real mail, in this store's name, and stores nothing", async () => {
    await service.send("PUT", "/store", { name: "Corner & Co" });
    const { status, body } = await service.send("POST", `${path}/preview`, override);
    expect(status).toBe(200);
    expect(body).toMatchObject({ subject: "Low: Stoneware Mug 350 ml" });
    expect(body).toHaveProperty(
      "html",
      expect.stringMatching(/Corner &amp; Co[\s\S]*<strong[^>]*>4<\/strong>/),
    );
    expect(body).toHaveProperty("text", expect.stringContaining("left."));
    expect((await service.send("GET", path)).body).toMatchObject({ version: 0 });
  });

  it("shows the built-in text if none is given, on the sample that is named", async () => {
    const sample = "variant, out, without an order";
    const { body } = await service.send("POST", `${path}/preview`, { sample });
    expect(body).toMatchObject({
      subject: expect.stringMatching(/^Product Stock Low - Organic T-Shirt, Blue \/ M/),
    });
  });

  it.each(["preview", "test-send"])(
    "on an unknown sample is refused by %s, which names those that exist",
    async (act) => {
      const unknown = await service.send("POST", `${path}/${act}`, { sample: "nothing" });
      expect(unknown).toMatchObject({
        status: 422,
        body: {
          detail: "1 thing is wrong with the request's body; see errors.",
          errors: [
            {
              pointer: "/sample",
              detail: expect.stringMatching(
                /^Expected "product, low, through an order", .*"variant, out, without an order".*; got "nothing"\.$/,
              ),
            },
          ],
        },
      });
    },
  );
});

describe("a test", () => {
  it("goes to whoever is logged in, as it would look, and is kept in the mail log", async () => {
    await createGroup(service, "editors", ["templates:read", "templates:write"]);
    const editor = await createPerson(service, "editor@example.com", ["editors"]);
    const session = await logIn(service.url, editor);
    const reply = await sendAs(service.url, session, "POST", `/api/v1${path}/test-send`, override);
    expect(reply.status).toBe(200);
    const sent: unknown = await reply.json();
    expect(sent).toMatchObject({ to: editor.email, subject: "Test: Low: Stoneware Mug 350 ml" });
    const received = smtp.received.at(-1);
    expect(received?.recipients).toEqual([editor.email]);
    expect(received?.parsed.subject).toBe("Test: Low: Stoneware Mug 350 ml");
    const logged = await service.send("GET", `/mails/${String(Reflect.get(Object(sent), "mail"))}`);
    expect(logged.body).toMatchObject({
      status: "sent",
      to: { email: editor.email },
      subject: "Test: Low: Stoneware Mug 350 ml",
      attempts: 1,
      alertId: null,
      messageId: received?.parsed.messageId,
    });
  });

  it("is of the stored override if none is given", async () => {
    await service.send("PUT", path, { subject: "Stored override" });
    const reply = await service.send("POST", `${path}/test-send`, { to: "ops@example.com" });
    expect(reply.body).toMatchObject({ to: "ops@example.com", subject: "Test: Stored override" });
  });

  it("goes to others only with mails:write, and from a key only if one is named", async () => {
    await createGroup(service, "writers", ["templates:write"]);
    const writer = await createPerson(service, "writer@example.com", ["writers"]);
    const session = await logIn(service.url, writer);
    const before = smtp.received.length;
    const other = { to: "victim@example.com" };
    const byPerson = await sendAs(service.url, session, "POST", `/api/v1${path}/test-send`, other);
    expect(byPerson.status).toBe(403);
    const key = await keyWith(service, ["templates:write"]);
    expect((await service.send("POST", `${path}/test-send`, other, key)).status).toBe(403);
    const nobody = await service.send("POST", `${path}/test-send`, {});
    expect(nobody.status).toBe(422);
    expect(nobody.body).toHaveProperty("errors.0.pointer", "/to");
    expect(smtp.received).toHaveLength(before);
  });

  it("that the mail server refuses is reported, and logged as failed", async () => {
    refused = true;
    const reply = await service.send("POST", `${path}/test-send`, { to: "gone@example.com" });
    expect(reply.status).toBe(409);
    expect(reply.body).toHaveProperty("detail", expect.stringContaining("no such box"));
    const { body } = await service.send("GET", "/mails?q=gone@example.com");
    expect(body).toMatchObject({
      data: [{ status: "failed", lastError: expect.stringContaining("no such box") }],
    });
  });
});
