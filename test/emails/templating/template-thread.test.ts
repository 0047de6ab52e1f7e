// Templates are checked and rendered on a thread of their own, which is ended if one takes too long.

import { afterEach, describe, expect, it } from "vitest";
import { renderLowStockMail } from "../../../src/emails/templating/render-mail.tsx";
import {
  createTemplateThread,
  ThreadBusyError,
} from "../../../src/emails/templating/template-thread.ts";
import { sampleMail } from "../low-stock/sample-mail.ts";

const loops = "{% for i in (1..9000) %}{% for j in (1..9000) %}x{% endfor %}{% endfor %}";
const endless = { subject: null, body: loops };
const words = { subject: "Low: {{ product.sku }}", body: "**{{ stock.unitsInStock }}** left" };
const data = sampleMail("product", "low");

let thread: ReturnType<typeof createTemplateThread>;
const create = (limits: Partial<Parameters<typeof createTemplateThread>[0]> = {}) => {
  thread = createTemplateThread({ workMs: 10_000, asksMax: 100, ...limits });
  return thread;
};
afterEach(() => thread.close());

describe("the template thread", () => {
  it("checks and renders as it would be done here", async () => {
    create();
    expect(await thread.check(words)).toEqual({ ok: true });
    expect(await thread.render(words, data)).toEqual({
      subject: "Low: MUG-350",
      body: { html: expect.stringContaining("<strong>4</strong> left"), text: "4 left" },
    });
    const broken = await thread.check({ subject: "a {{ product.nme }}", body: null });
    expect(broken).toMatchObject({
      ok: false,
      problems: [{ field: "subject", line: 1, column: 6 }],
    });
    await expect(thread.render({ ...words, body: "{{ product.nme }}" }, data)).rejects.toThrow(
      /^Line 1 of the body: There is no variable/,
    );
  });

  it("lets this one go on meanwhile", async () => {
    create();
    await thread.check(words);
    let ticks = 0;
    const ticking = setInterval(() => (ticks += 1), 1);
    await thread.check(endless);
    clearInterval(ticking);
    expect(ticks).toBeGreaterThan(10);
  });

  it("is ended when a template takes too long, and says of which field", async () => {
    create({ workMs: 20 });
    const tooLong = { line: null, message: expect.stringMatching(/longer than 20 ms/) };
    expect(await thread.check(endless)).toMatchObject({
      ok: false,
      problems: [{ field: "body", ...tooLong }],
    });
    expect(await thread.check({ subject: loops, body: null })).toMatchObject({
      ok: false,
      problems: [{ field: "subject", ...tooLong }],
    });
  });

  it("starts again after it was ended", async () => {
    create({ workMs: 400 });
    await thread.check(endless);
    await expect.poll(() => thread.check(words)).toEqual({ ok: true });
  });

  it("works no more once it is closed", async () => {
    create();
    expect(await thread.check(words)).toEqual({ ok: true });
    await thread.close();
    await expect(thread.check(words)).rejects.toThrow("stopping");
  });

  it("refuses more at once than it has room for", async () => {
    create({ asksMax: 3 });
    const outcomes = await Promise.allSettled(Array.from({ length: 5 }, () => thread.check(words)));
    const refused = outcomes.filter(({ status }) => status === "rejected");
    expect(refused).toHaveLength(2);
    expect(outcomes.at(-1)).toMatchObject({ reason: expect.any(ThreadBusyError) });
    expect(await thread.check(words)).toEqual({ ok: true });
  });

  it("never keeps a mail from going out: it says the built-in words instead", async () => {
    create({ workMs: 20 });
    const mail = await renderLowStockMail(data, endless, thread.render);
    expect(mail.overrideProblem).toMatch(/takes longer than 20 ms/);
    expect(mail.html).toContain("is running low");
  });
});
