// Prepares a mail's HTML to be shown in a frame as a mail program shows it, in the light or the dark scheme.

/** The colour scheme that a mail is shown in. */
export type MailScheme = "light" | "dark";

/**
 * The mail as a frame shows it. Links open in a new tab. Its style sheets see the given scheme, whatever the
 * reader's device prefers; its text is left as it is. `nonce` is that of the page, whose policy holds in the frame, too.
 */
export function mailDocument(html: string, scheme: MailScheme, nonce: string): string {
  const head = `<base target="_blank"><style>:root{color-scheme:only ${scheme} !important}</style>`;
  return html
    .replaceAll(/<style[^>]*>[\s\S]*?<\/style>/gi, (sheet) => inScheme(sheet, scheme))
    .replace(/<\/head>/i, (end) => `${head}${end}`)
    .replaceAll(/<style\b/gi, `<style nonce="${nonce}"`);
}

/** Media conditions that are always or never true. A media query can't be told which scheme to assume. */
function inScheme(sheet: string, scheme: MailScheme): string {
  return sheet.replaceAll(
    /\(\s*prefers-color-scheme\s*:\s*(light|dark)\s*\)/gi,
    (_condition, asked: string) =>
      asked.toLowerCase() === scheme ? "(min-width:0px)" : "(max-width:0px)",
  );
}
