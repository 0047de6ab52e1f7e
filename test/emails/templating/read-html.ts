// Reads a mail's HTML the way its readers and the mail programs do, for the tests.

/** The text a reader sees of some HTML: no tags, no style sheet, entities read, white space collapsed. */
export function visibleText(html: string): string {
  return html
    .replaceAll(/<(style|title)>.*?<\/\1>/gs, "")
    .replaceAll(/<!--.*?-->|<[^>]*>/gs, " ")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll(/&#(?:x27|39);/g, "'")
    .replaceAll("&amp;", "&")
    .replaceAll(/\s+/g, " ");
}

/** Where the links of some HTML lead, in order. */
export function linksOf(html: string): string[] {
  return [...html.matchAll(/\bhref="([^"]*)"/g)].map(([, href = ""]) => href);
}

/** The elements a mail is made of. Anything else came from a value. */
export function elementsOf(html: string): Set<string> {
  return new Set([...html.matchAll(/<([a-z][a-z0-9]*)/g)].map(([, name = ""]) => name));
}
