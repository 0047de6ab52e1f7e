// Where somebody is sent after logging in: a path of this service, whatever the address they came with says.

const home = "/admin";
const here = "http://service.invalid";

/** The path to go on to. Anything that would lead to another site becomes the admin app's first page. */
export function localPath(next: unknown): string {
  if (typeof next !== "string" || next.length > 2_000 || !/^\/(?![/\\])/.test(next)) return home;
  if (!URL.canParse(next, here)) return home;
  const { origin, pathname, search, hash } = new URL(next, here);
  // The path is taken as the parser read it, with tabs, line breaks and dots resolved.
  return origin === here && !pathname.startsWith("//") ? `${pathname}${search}${hash}` : home;
}
