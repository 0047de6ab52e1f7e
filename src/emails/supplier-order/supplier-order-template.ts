// The template of the mail that orders items at a supplier.

import { createMailTemplate } from "../templating/mail-template.ts";
import {
  supplierOrderMailSchema,
  supplierOrderSamples,
  supplierOrderVariables,
} from "./supplier-order-mail.ts";
import { inEachLanguage } from "../words/mail-words.ts";
import { attachSupplierOrder, frameSupplierOrder } from "./supplier-order-wording.ts";

/** The template. */
export const supplierOrderTemplate = createMailTemplate({
  code: "tallyman:supplier_order",
  name: "Order at a supplier",
  description:
    "Sent to a supplier when somebody mails an order from the list of what runs out. Its items are attached as a file.",
  words: inEachLanguage(({ supplierOrder }) => supplierOrder),
  variables: supplierOrderVariables,
  samples: supplierOrderSamples,
  schema: supplierOrderMailSchema,
  frame: frameSupplierOrder,
  attach: attachSupplierOrder,
  drawBody: async (data, speech) =>
    (await import("./supplier-order-body.tsx")).drawSupplierOrderBody(data, speech),
});
