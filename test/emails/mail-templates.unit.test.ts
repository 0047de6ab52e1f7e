// What every mail template must fulfil. A new template in the list is held to it without a test of its own.

import { describe, expect, it } from "vitest";
import * as z from "zod";
import { languageNames, languages, voiceOf } from "../../src/domain/language/languages.ts";
import { mailTemplates, prepareMail } from "../../src/emails/mail-templates.ts";
import { checkOverride } from "../../src/emails/templating/check-override.ts";
import { UnreadableMailError } from "../../src/emails/templating/mail-template.ts";
import { renderMail } from "../../src/emails/templating/render-mail.tsx";
import { renderOverride } from "../../src/emails/templating/render-override.ts";
import { linksOf, visibleText } from "./templating/read-html.ts";

/** The values of an object with their dotted names; a group that is null has none, and a list those of its first entry. */
function leavesOf(value: object, prefix = ""): [string, string][] {
  return Object.entries(value).flatMap(([key, leaf]: [string, unknown]) => {
    if (leaf === null) return [];
    const name = `${prefix}${key}`;
    if (Array.isArray(leaf)) return leavesOf({ 0: leaf[0] }, `${name}.`);
    return typeof leaf === "object"
      ? leavesOf(leaf, `${name}.`)
      : [[name, z.coerce.string().parse(leaf)]];
  });
}

it("no two templates have the same code", () => {
  const codes = mailTemplates.map(({ code }) => code);
  expect(new Set(codes).size).toBe(codes.length);
});

it("a mail of a template that there is none of is refused by its code", () => {
  expect(() => prepareMail("shop:other", {})).toThrow(UnreadableMailError);
  expect(() => prepareMail("shop:other", {})).toThrow('no mail template "shop:other"');
});

describe.each(mailTemplates)("the template $code", (template) => {
  const { samples, variables, prepare } = template;

  it("has samples, each with a title of its own", () => {
    expect(samples.length).toBeGreaterThan(0);
    expect(new Set(samples.map(({ title }) => title)).size).toBe(samples.length);
  });

  it("lists every field of its data as a variable, with the value that a sample has", () => {
    const leaves = samples.flatMap(({ data }) => leavesOf(data));
    expect(variables.map(({ name }) => name).toSorted()).toEqual(
      [...new Set(leaves.map(([name]) => name))].toSorted(),
    );
    for (const { name, sample } of variables) expect(leaves).toContainEqual([name, sample]);
  });

  it("reads its own data after it was stored as JSON, and no other", () => {
    for (const { data } of samples) {
      expect(prepare(JSON.parse(JSON.stringify(data))).data).toEqual(data);
    }
    expect(() => prepare({})).toThrow(/^the mail's stored data can't be read \(\w+\)$/);
  });

  it.each(languages)(
    "has a subject and a starter body in %s that an override may consist of",
    (language) => {
      const { subject, starterBody: body } = template.words[language];
      expect(checkOverride(template, { subject, body })).toEqual({ ok: true });
    },
  );

  it.each(
    languages.flatMap((language) =>
      samples.map(({ title, data }) => ({ title, data, language, name: languageNames[language] })),
    ),
  )("of the shape $title says the same in HTML and text in $name", async ({ data, language }) => {
    const mail = prepare(data, voiceOf({ language }));
    const { html, text } = await renderMail(mail, null, async (...of) => renderOverride(...of));

    expect(html).toContain(`<html dir="ltr" lang="${language}">`);
    // Outlook shows what is between these marks as text if a line breaks in them.
    for (const [mark] of html.matchAll(/<!--\[if[^>]*>/g)) expect(mark).not.toContain("\n");
    expect(html).not.toMatch(
      /<(?:img|link|script|iframe|form|object|video|svg)\b|\bsrc=|url\(|@import|@font-face/i,
    );
    expect(Buffer.byteLength(html)).toBeLessThan(20_000);
    expect(text).toContain(data.recipient.email);
    expect(visibleText(html)).toContain(data.recipient.email);
    for (const link of mail.frame.links) expect(text).toContain(link);
    for (const link of linksOf(html)) expect(mail.frame.links).toContain(link);
  });
});
