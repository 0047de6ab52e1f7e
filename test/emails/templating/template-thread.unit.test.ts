// Overrides are checked and rendered on a thread of their own, which is ended if one takes too long.

import { setTimeout as pause } from "node:timers/promises";
import { afterEach, describe, expect, it } from "vitest";
import type { TemplateOverride } from "../../../src/domain/template-override.ts";
import { lowStockTemplate } from "../../../src/emails/low-stock/low-stock-template.ts";
import { renderMail } from "../../../src/emails/templating/render-mail.tsx";
import {
  createTemplateThread,
  ThreadBusyError,
} from "../../../src/emails/templating/template-thread.ts";
import { sampleMail } from "../low-stock/sample-mail.ts";

const loops = "{% for i in (1..9000) %}{% for j in (1..9000) %}x{% endfor %}{% endfor %}";
const endless = { subject: null, body: loops };
const override = { subject: "Low: {{ product.sku }}", body: "**{{ stock.unitsInStock }}** left" };
const mail = lowStockTemplate.prepare(sampleMail("product", "low"));
const check = (of: TemplateOverride) => thread.check(lowStockTemplate, of);

let thread: ReturnType<typeof createTemplateThread>;
const create = (limits: Partial<Parameters<typeof createTemplateThread>[0]> = {}) => {
  thread = createTemplateThread({ workMs: 10_000, pendingMax: 100, ...limits });
  return thread;
};
afterEach(() => thread.close());

describe("the template thread", () => {
  it("checks and renders as it would be done here", async () => {
    create();
    expect(await check(override)).toEqual({ ok: true });
    expect(await thread.render(mail, override)).toEqual({
      subject: "Low: MUG-350",
      body: { html: expect.stringContaining("<strong>4</strong> left"), text: "4 left" },
    });
    const broken = await check({ subject: "a {{ product.nme }}", body: null });
    expect(broken).toMatchObject({
      ok: false,
      problems: [{ field: "subject", line: 1, column: 6 }],
    });
    await expect(thread.render(mail, { ...override, body: "{{ product.nme }}" })).rejects.toThrow(
      /^Line 1 of the body: There is no variable/,
    );
  });

  it("lets this one go on meanwhile", async () => {
    create();
    await check(override);
    const checking = check(endless);
    const first = await Promise.race([checking.then(() => "the check"), pause(1, "a timer")]);
    expect(first).toBe("a timer");
    await checking;
  });

  it("is ended when a template takes too long, and says of which field", async () => {
    create({ workMs: 20 });
    const tooLong = { line: null, message: expect.stringMatching(/longer than 20 ms/) };
    expect(await check(endless)).toMatchObject({
      ok: false,
      problems: [{ field: "body", ...tooLong }],
    });
    expect(await check({ subject: loops, body: null })).toMatchObject({
      ok: false,
      problems: [{ field: "subject", ...tooLong }],
    });
  });

  it("starts again after it was ended", async () => {
    create({ workMs: 400 });
    await check(endless);
    await expect.poll(() => check(override)).toEqual({ ok: true });
  });

  it("works no more once it is closed", async () => {
    create();
    expect(await check(override)).toEqual({ ok: true });
    await thread.close();
    await expect(check(override)).rejects.toThrow("stopping");
  });

  it("refuses more at once than it has room for", async () => {
    create({ pendingMax: 3 });
    const outcomes = await Promise.allSettled(Array.from({ length: 5 }, () => check(override)));
    const refused = outcomes.filter(({ status }) => status === "rejected");
    expect(refused).toHaveLength(2);
    expect(outcomes.at(-1)).toMatchObject({ reason: expect.any(ThreadBusyError) });
    expect(await check(override)).toEqual({ ok: true });
  });

  it("never keeps a mail from going out: it says the built-in text instead", async () => {
    create({ workMs: 20 });
    const rendered = await renderMail(mail, endless, thread.render);
    expect(rendered.overrideProblem).toMatch(/takes longer than 20 ms/);
    expect(rendered.html).toContain("is running low");
  });
});
