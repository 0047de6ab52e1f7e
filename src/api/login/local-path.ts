// The target after a login. It is always a path of this service, whatever the `next` parameter says.

const home = "/admin";
const here = "http://service.invalid";

/** Returns the path to redirect to. A target on another site is replaced by the admin app's start page. */
export function localPath(next: unknown): string {
  if (typeof next !== "string" || next.length > 2_000 || !/^\/(?![/\\])/.test(next)) return home;
  if (!URL.canParse(next, here)) return home;
  const { origin, pathname, search, hash } = new URL(next, here);
  // Uses the parsed path, in which tabs, line breaks and dots are resolved.
  return origin === here && !pathname.startsWith("//") ? `${pathname}${search}${hash}` : home;
}
