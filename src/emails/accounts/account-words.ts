// What a language has to say in the mails about a person's account. A language that lacks a text does not compile.

import type { TemplateWords } from "../templating/mail-template.ts";
import type { PasswordChangedMail } from "./account-mails.ts";

/** What a mail's body says. A store can't edit it, so that its `starterBody` is empty. */
type BodyWords = TemplateWords & {
  readonly action: string;
};

/** The texts. `by` is the name of who invites, or null; `until` and `at` are times. */
export type AccountWords = {
  readonly footer: (store: string, email: string) => string;
  readonly invitation: BodyWords & {
    readonly headline: (store: string) => string;
    readonly lead: (by: string | null, store: string, email: string) => string;
    readonly after: (until: string) => string;
  };
  readonly reset: BodyWords & {
    readonly headline: string;
    readonly lead: (store: string, email: string) => string;
    readonly after: string;
  };
  readonly changed: BodyWords & {
    readonly headline: string;
    readonly lead: (change: {
      readonly store: string;
      readonly email: string;
      readonly at: string;
      /** One of `by`. */
      readonly how: string;
    }) => string;
    readonly by: Readonly<Record<PasswordChangedMail["change"]["by"], string>>;
    readonly after: string;
  };
  readonly moved: BodyWords & {
    readonly headline: string;
    readonly lead: (change: {
      readonly store: string;
      /** The old address. */
      readonly email: string;
      readonly at: string;
    }) => string;
    readonly after: string;
  };
};
