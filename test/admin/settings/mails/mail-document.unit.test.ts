import { describe, expect, it } from "vitest";
import { mailDocument } from "../../../../src/admin/settings/mails/mail-document.ts";

const mail = (sheet: string, body = "") =>
  `<html><head><style>${sheet}</style></head><body>${body}</body></html>`;

describe("a mail in a frame", () => {
  it("sees the scheme it is looked at in, whatever the device prefers", () => {
    const html = mail("@media (prefers-color-scheme:dark){body{color:#fff}}");
    expect(mailDocument(html, "dark", "abc")).toContain("@media (min-width:0px){body{color:#fff}}");
    expect(mailDocument(html, "light", "abc")).toContain(
      "@media (max-width:0px){body{color:#fff}}",
    );
  });

  it("keeps the other conditions of its style sheets", () => {
    const html = mail("@media screen and ( Prefers-Color-Scheme : light ) and (max-width:480px){}");
    expect(mailDocument(html, "light", "abc")).toContain(
      "@media screen and (min-width:0px) and (max-width:480px){}",
    );
  });

  it("opens its links in a new tab", () => {
    expect(mailDocument(mail(""), "light", "abc")).toMatch(/<base target="_blank">.*<\/head>/);
  });

  it("keeps its text, also where that is about style sheets", () => {
    const text = "<p>@media (prefers-color-scheme:dark) is a media query</p>";
    expect(mailDocument(mail("", text), "light", "abc")).toContain(text);
  });

  it("gives each style element the nonce of the page, and no text one", () => {
    const framed = mailDocument(
      mail("<style>b{}</style><STYLE media=x>i{}</STYLE>", "a style"),
      "light",
      "abc",
    );
    const tags = framed.match(/<style[^>]*>/gi) ?? [];
    expect(tags.length).toBeGreaterThanOrEqual(3);
    expect(tags.filter((tag) => !/^<style nonce="abc"/i.test(tag))).toEqual([]);
    expect(framed).toContain("a style");
  });
});
