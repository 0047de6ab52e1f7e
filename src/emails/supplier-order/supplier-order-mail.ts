// The data of one mail that orders items at a supplier, as it is stored with the mail's row, its variables and samples.

import * as z from "zod";
import {
  mailDataShape,
  type MailSample,
  type TemplateVariable,
} from "../templating/mail-template.ts";

/** Parses the stored data. Fields that a newer version added are dropped. */
export const supplierOrderMailSchema = z.object({
  ...mailDataShape,
  order: z.object({
    /** As its sender wrote it. */
    subject: z.string(),
    /** What its sender wrote above the items; may have several lines, or be empty. */
    message: z.string(),
  }),
  lines: z.array(z.object({ sku: z.string(), name: z.string(), units: z.int().min(1) })).min(1),
});

/** Everything that one such mail says. */
export type SupplierOrderMail = z.infer<typeof supplierOrderMailSchema>;

const loop = "Go through all with {% for line in lines %} … {% endfor %}.";

/** Every field of the data. */
export const supplierOrderVariables: readonly TemplateVariable[] = [
  { name: "store.name", meaning: "The store's name.", sample: "Corner Shop" },
  {
    name: "store.adminUrl",
    meaning: "Address of the admin app. A supplier can't log in there.",
    sample: "https://shop.example.com/admin",
  },
  {
    name: "order.subject",
    meaning: "The subject that its sender wrote.",
    sample: "Order of 14 March",
  },
  {
    name: "order.message",
    meaning: "What its sender wrote above the items; may be empty.",
    sample: "Please confirm the day of delivery.",
  },
  { name: "lines.0.sku", meaning: `SKU of the first item. ${loop}`, sample: "MUG-350" },
  {
    name: "lines.0.name",
    meaning: "Its name, with its variant.",
    sample: "Stoneware Mug 350 ml",
  },
  { name: "lines.0.units", meaning: "How many units are ordered of it.", sample: "48" },
  { name: "recipient.name", meaning: "Address the mail goes to.", sample: "orders@example.com" },
  { name: "recipient.email", meaning: "Address the mail goes to.", sample: "orders@example.com" },
];

const base = {
  store: { name: "Corner Shop", adminUrl: "https://shop.example.com/admin" },
  recipient: { name: "orders@example.com", email: "orders@example.com" },
};

const mug = { sku: "MUG-350", name: "Stoneware Mug 350 ml", units: 48 };

/** Believable data for each shape of the mail. */
export const supplierOrderSamples: readonly MailSample<SupplierOrderMail>[] = [
  {
    title: "order of several items",
    data: {
      ...base,
      order: {
        subject: "Order of 14 March",
        message: "Please confirm the day of delivery.",
      },
      lines: [mug, { sku: "TEE-BLUE-M", name: "Organic T-Shirt, Blue / M", units: 1_200 }],
    },
  },
  {
    title: "one item without a message",
    data: { ...base, order: { subject: "Order of 14 March", message: "" }, lines: [mug] },
  },
];
