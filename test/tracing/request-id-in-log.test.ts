// One id from the request to the mail: every line of the log about an order has it.

import { Writable } from "node:stream";
import { pino } from "pino";
import { expect, it, vi } from "vitest";
import * as z from "zod";
import { readConfig } from "../../src/config.ts";
import { logOptions } from "../../src/process/create-log.ts";
import { start } from "../../src/process/start.ts";
import { startSmtpReceiver } from "../../tools/lab/smtp-server.ts";
import { startTestApi } from "../support/service.ts";

const lineSchema = z.looseObject({ msg: z.string(), requestId: z.string().optional() });

it("a worker's lines about an order, its alert and its mail have the id of the order's request", async () => {
  await using mails = await startSmtpReceiver({
    atRecipient: (address) =>
      address === "admin@example.com" ? undefined : { code: 550, message: "5.1.1 Nobody" },
  });
  const api = await startTestApi();
  const lines: z.output<typeof lineSchema>[] = [];
  const stream = new Writable({
    write(chunk, _encoding, done) {
      lines.push(lineSchema.parse(JSON.parse(String(chunk))));
      done();
    },
  });
  const worker = await start(readConfig({ ...api.environment, SMTP_URL: mails.url }), {
    roles: ["worker"],
    log: pino(logOptions("debug"), stream),
  });
  try {
    const ann = { email: "ann@example.com", name: "Ann", password: "a long enough password" };
    await api.send("POST", "/admin-users", { ...ann, groups: ["store-managers"] });
    const mug = { name: "Mug", unitsInStock: 10, stockAlertThreshold: 5 };
    await api.send("PUT", "/products/MUG", mug);
    const order = { reference: "SO-1", lines: [{ sku: "MUG", quantity: 6 }] };
    await api.send("POST", "/orders", order, { "x-request-id": "checkout-77" });
    const told = () => lines.filter(({ requestId }) => requestId === "checkout-77");
    await vi.waitFor(
      () => {
        expect(new Set(told().map(({ msg }) => msg))).toEqual(
          new Set([
            "order decided",
            "alert told",
            "mail sent",
            "the mail server did not take a mail",
          ]),
        );
      },
      { timeout: 30_000, interval: 100 },
    );
  } finally {
    await worker.stop();
    await api.stop();
  }
});
