// The data of a mail that tells of several items at once, its variables and its samples. It is stored as JSON in the
// mail's row when the mails that it replaces are gathered, and parsed again when it is sent.

import * as z from "zod";
import {
  adminUrlSchema,
  mailDataShape,
  type MailSample,
  type TemplateVariable,
} from "../templating/mail-template.ts";

const itemSchema = z.object({
  /** The product's name, with the variant's behind it. */
  name: z.string(),
  sku: z.string(),
  /** As it is when the mail is written. `over`: units have risen, and the alert has ended. */
  state: z.enum(["low", "held-back", "none-left", "over"]),
  /** Below zero if more was sold than was in stock. */
  unitsInStock: z.int(),
  threshold: z.int().min(0),
  /** When its alert last told something. */
  at: z.iso.datetime({ offset: true }),
  /** The alert. */
  adminUrl: adminUrlSchema,
});

/** Parses the stored data. Fields that a newer version added are dropped. */
export const digestMailSchema = z.object({
  ...mailDataShape,
  /** `together`: their news came together. `daily`: the reader gets one mail a day. */
  occasion: z.enum(["together", "daily"]),
  /** Of how many items it tells, with those that are not listed. */
  count: z.int().min(1),
  /** The most urgent first. */
  items: z.array(itemSchema).min(1),
  /** How many items are not listed. */
  more: z.int().min(0),
  alertsUrl: adminUrlSchema,
});

/** Everything that one such mail says to one recipient. */
export type DigestMail = z.infer<typeof digestMailSchema>;

/** An item of such a mail. */
export type DigestItem = z.infer<typeof itemSchema>;

const loop = "Go through all with {% for item in items %} … {% endfor %}.";

/** Every field of the data. */
export const digestVariables: readonly TemplateVariable[] = [
  { name: "store.name", meaning: "The store's name.", sample: "Corner Shop" },
  {
    name: "store.adminUrl",
    meaning: "Address of the admin app.",
    sample: "https://shop.example.com/admin",
  },
  {
    name: "occasion",
    meaning: "together if the news came together; daily if the reader gets one mail a day.",
    sample: "together",
  },
  { name: "count", meaning: "How many items the mail tells of.", sample: "8" },
  { name: "more", meaning: "How many of them are not listed.", sample: "5" },
  {
    name: "items.0.name",
    meaning: `Name of the first item, with its variant. ${loop}`,
    sample: "Organic T-Shirt, Blue / M",
  },
  { name: "items.0.sku", meaning: `SKU of the first item. ${loop}`, sample: "TEE-BLUE-M" },
  {
    name: "items.0.state",
    meaning:
      "State of the first item now: low, held-back, none-left, or over if units have risen again.",
    sample: "none-left",
  },
  { name: "items.0.unitsInStock", meaning: "Units of the first item now.", sample: "0" },
  { name: "items.0.threshold", meaning: "Its stock alert threshold.", sample: "5" },
  {
    name: "items.0.at",
    meaning: 'When its alert last told something, in UTC. Format it with | date: "%d %b %Y %H:%M".',
    sample: "2026-03-14T09:26:00Z",
  },
  {
    name: "items.0.adminUrl",
    meaning: "Address of its alert in the admin app.",
    sample: "https://shop.example.com/admin/alerts/1042",
  },
  {
    name: "alertsUrl",
    meaning: "Address of the list of alerts in the admin app.",
    sample: "https://shop.example.com/admin/alerts",
  },
  { name: "recipient.name", meaning: "Name of the person the mail goes to.", sample: "Ada" },
  { name: "recipient.email", meaning: "Address the mail goes to.", sample: "ada@example.com" },
];

const adminUrl = "https://shop.example.com/admin";

const base = {
  store: { name: "Corner Shop", adminUrl },
  recipient: { name: "Ada", email: "ada@example.com" },
  alertsUrl: `${adminUrl}/alerts`,
};

const at = "2026-03-14T09:26:00Z";

const items: readonly DigestItem[] = [
  {
    name: "Organic T-Shirt, Blue / M",
    sku: "TEE-BLUE-M",
    state: "none-left",
    unitsInStock: 0,
    threshold: 5,
    at,
    adminUrl: `${adminUrl}/alerts/1042`,
  },
  {
    name: "Organic T-Shirt, Red / S",
    sku: "TEE-RED-S",
    state: "held-back",
    unitsInStock: 3,
    threshold: 5,
    at,
    adminUrl: `${adminUrl}/alerts/1043`,
  },
  {
    name: "Stoneware Mug 350 ml",
    sku: "MUG-350",
    state: "low",
    unitsInStock: 4,
    threshold: 5,
    at,
    adminUrl: `${adminUrl}/alerts/1044`,
  },
];

const risen: DigestItem = {
  name: "Tea Strainer",
  sku: "STRAINER",
  state: "over",
  unitsInStock: 24,
  threshold: 5,
  at,
  adminUrl: `${adminUrl}/alerts/1045`,
};

/** Believable data for each shape of the mail. */
export const digestSamples: readonly MailSample<DigestMail>[] = [
  {
    title: "items that ran low together",
    data: { ...base, occasion: "together", count: 8, items: [...items], more: 5 },
  },
  {
    title: "items of a day",
    data: { ...base, occasion: "daily", count: 4, items: [...items, risen], more: 0 },
  },
  {
    title: "one item of a day",
    data: { ...base, occasion: "daily", count: 1, items: items.slice(2), more: 0 },
  },
];
