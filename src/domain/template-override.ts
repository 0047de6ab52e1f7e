// What a store puts in place of the built-in text of a mail template.

/** A subject and a body. Null keeps the built-in one. */
export type TemplateOverride = {
  /** One line of Liquid. */
  readonly subject: string | null;
  /** Liquid, then Markdown. */
  readonly body: string | null;
};
