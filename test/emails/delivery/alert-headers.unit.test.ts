// The headers of mails about alerts, and the signature of the link that ends them.

import { expect, it } from "vitest";
import { alertHeaders } from "../../../src/emails/delivery/alert-headers.ts";
import { isSigned, unsubscribeUrl } from "../../../src/emails/delivery/unsubscribe-link.ts";

const reader = { userId: "0199a1b2-c3d4-7e5f-8a6b-7c8d9e0f1a2b", linkKey: "a key" };
const mail = {
  alertId: "7",
  messageId: "<b@shop.example>",
  firstMessageId: "<a@shop.example>",
  reader,
};

it("refer to the episode and its first mail, and let the reader end such mails", () => {
  const url = unsubscribeUrl("https://shop.example", reader.userId, "a key");
  expect(alertHeaders(mail, "https://shop.example")).toEqual({
    "List-Id": "<stock-alerts.shop.example>",
    References: "<alert-7@shop.example> <a@shop.example>",
    "In-Reply-To": "<a@shop.example>",
    "List-Unsubscribe": `<${url}>`,
    "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
  });
});

it("of a first mail refer to the episode alone, and those of several alerts to none", () => {
  const first = alertHeaders(
    { ...mail, firstMessageId: null, reader: null },
    "https://shop.example",
  );
  expect(first).toEqual({
    "List-Id": "<stock-alerts.shop.example>",
    References: "<alert-7@shop.example>",
    "In-Reply-To": "<alert-7@shop.example>",
  });
  const several = alertHeaders(
    { ...mail, alertId: null, firstMessageId: null },
    "https://shop.example",
  );
  expect(Object.keys(several)).toEqual(["List-Id", "List-Unsubscribe", "List-Unsubscribe-Post"]);
});

it("have a link that is signed for one person by one store", () => {
  const signature = unsubscribeUrl("", reader.userId, "a key").split("/").at(-1) ?? "";
  expect(isSigned(reader.userId, signature, "a key")).toBe(true);
  expect(isSigned("0199a1b2-c3d4-7e5f-8a6b-000000000000", signature, "a key")).toBe(false);
  expect(isSigned(reader.userId, signature, "another key")).toBe(false);
  expect(isSigned(reader.userId, `${signature.slice(1)}A`, "a key")).toBe(false);
  expect(isSigned(reader.userId, "", "a key")).toBe(false);
});
