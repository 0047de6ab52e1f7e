// What a language has to say in all mails and on the pages behind their links. A language that lacks a text does not compile.

import type { LowStockWords } from "../low-stock/low-stock-words.ts";
import type { AccountWords } from "../accounts/account-words.ts";
import type { DigestWords } from "../low-stock-digest/digest-words.ts";
import type { SupplierOrderWords } from "../supplier-order/supplier-order-words.ts";
import type { WebhookPausedWords } from "../webhook-paused/webhook-paused-words.ts";

/** The texts of the page that switches off mails about low stock. */
export type SwitchOffWords = {
  readonly ask: {
    readonly title: string;
    readonly heading: string;
    readonly text: (store: string, email: string) => string;
    readonly button: string;
  };
  readonly done: {
    readonly title: string;
    readonly heading: string;
    readonly text: (store: string, email: string) => string;
    readonly button: string;
  };
};

/** Why somebody gets mails about stock. */
export type StockFooter = { readonly stockFooter: (store: string, email: string) => string };

/** All texts of a language. */
export type MailWords = StockFooter & {
  /** The link below every mail. */
  readonly openAdminApp: string;
  readonly lowStock: LowStockWords;
  readonly digest: DigestWords;
  readonly webhookPaused: WebhookPausedWords;
  readonly supplierOrder: SupplierOrderWords;
  readonly account: AccountWords;
  readonly switchOff: SwitchOffWords;
};
