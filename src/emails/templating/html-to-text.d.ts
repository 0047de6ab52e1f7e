// What is used of html-to-text, which comes without types.

declare module "html-to-text" {
  /** How elements that a selector finds are written. */
  export type TextSelector = {
    readonly selector: string;
    readonly format?: string;
    readonly options?: Readonly<Record<string, unknown>>;
  };

  /** Writes HTML as plain text. */
  export function convert(
    html: string,
    options: { readonly wordwrap: false; readonly selectors: readonly TextSelector[] },
  ): string;
}
