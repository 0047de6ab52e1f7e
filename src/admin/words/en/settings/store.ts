// The texts of the page of the store's settings.

import type { StockTaking } from "../../../../domain/order/payment.ts";
import { number } from "../../numbers.ts";

/** What a manager reads for each choice, and what it means for orders. */
const takings: Readonly<Record<StockTaking, { readonly label: string; readonly meaning: string }>> =
  {
    placed: {
      label: "When an order is placed",
      meaning: "An order gets its units at once, or is rejected, whether it is paid or not.",
    },
    paid: {
      label: "When an order is paid",
      meaning:
        "A new order awaits its payment and takes no units. If they are sold before it is paid, it is rejected and has to be refunded.",
    },
  };

/** The texts. */
export const store = {
  title: "Store",
  intro:
    "The name of the store, when orders take stock, what happens to returns, and the sender of mails.",
  saved: "Saved. The next mail and the next order use these settings.",
  labels: {
    name: "Store name",
    mailFromName: "Sender name",
    mailFromEmail: "Sender address",
    replyToEmail: "Reply-to address",
    restockOnReturn: "Put units back to stock when they are cancelled or refunded",
    takeStock: "When is stock taken?",
    leadDays: "Usual lead time in days",
    language: "Language of mails",
  },
  nameHint: "Shown at the top of every mail.",
  orders: {
    title: "Orders",
    takings,
    leadDaysHint: (usualDays: number) =>
      `From an order at a supplier to its arrival, for products that have no lead time of their own. If empty: ${number(usualDays)}.`,
  },
  mails: {
    title: "Mails",
    fromNameHint: (name: string) => `If empty: ${name}, from the service's settings.`,
    fromEmailHint: (email: string) =>
      `The mail server must accept this address. If empty: ${email}.`,
    replyToHint: "Replies go to this address. If empty: to the sender.",
    languageHint: "For everybody who has not chosen one under My account.",
  },
  returns: {
    title: "Returns",
    restockHint:
      "This is the choice when somebody cancels or refunds an order. They can make another one for that order. Without it, units are restored by hand.",
  },
};
