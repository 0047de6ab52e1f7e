// What a language has to say in the mail about a paused webhook. A language that lacks a text does not compile.

import type { TemplateWords } from "../templating/mail-template.ts";

/** The texts. What went wrong last is stored as a sentence in English, and shown as it is. */
export type WebhookPausedWords = TemplateWords & {
  readonly headline: (webhook: string) => string;
  readonly reasons: Readonly<Record<"gone" | "failing", string>>;
  /** The sentences behind the reason. */
  readonly advice: Readonly<Record<"gone" | "failing", string>>;
  readonly preheader: (reason: string) => string;
  readonly footer: (store: string, email: string) => string;
  readonly goesTo: string;
  readonly failingSince: string;
  readonly lastFailure: string;
  readonly paused: string;
  readonly openWebhook: string;
};
