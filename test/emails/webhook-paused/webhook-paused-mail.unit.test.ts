// What the mail about a paused webhook says.

import { expect, it } from "vitest";
import { webhookPausedSamples } from "../../../src/emails/webhook-paused/webhook-paused-mail.ts";
import { webhookPausedTemplate } from "../../../src/emails/webhook-paused/webhook-paused-template.ts";
import { renderMail } from "../../../src/emails/templating/render-mail.tsx";
import { renderOverride } from "../../../src/emails/templating/render-override.ts";
import type { TemplateOverride } from "../../../src/domain/template-override.ts";

const render = (title: string, override: TemplateOverride | null = null) => {
  const sample = webhookPausedSamples.find((known) => known.title === title);
  const mail = webhookPausedTemplate.prepare(sample?.data);
  return renderMail(mail, override, async (...of) => renderOverride(...of));
};

it("says that the receiver took nothing, why, and what to do", async () => {
  const { subject, text } = await render("webhook that failed for three days");
  expect(subject).toBe("Webhook paused - Search index");
  expect(text).toContain("The receiver took nothing for three days");
  expect(text).toContain("Resume it when the receiver works again: it goes on with the first");
  expect(text).toContain("Failing since: 11 March 2026 at 09:20 UTC");
  expect(text).toContain("Last failure: hooks.example.com refused the connection.");
  expect(text).toContain("Paused: 14 March 2026 at 09:26 UTC");
});

it("says that the receiver wants nothing more", async () => {
  const { subject, text } = await render("webhook that wants nothing more");
  expect(subject).toBe("Webhook paused - hooks.example.com");
  expect(text).toContain("The receiver answered that it wants nothing more");
  expect(text).toContain("If that is right, delete the webhook. If not, resume it");
  expect(text).not.toContain("Failing since");
});

it("can be worded by the store", async () => {
  const override = {
    subject: "Look: {{ webhook.host }}",
    body: webhookPausedTemplate.words.en.starterBody,
  };
  const { subject, text } = await render("webhook with nothing in its log", override);
  expect(subject).toBe("Look: hooks.example.com");
  expect(text).toContain("The receiver took nothing for three days.");
  expect(text).not.toContain("Last failure");
});
