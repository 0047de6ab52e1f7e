// Versions of resources that people edit: `ETag` on the way out, `If-Match` and `If-None-Match` on the way in.

/** Whether a request may go ahead on a resource of this version; null where there is no such resource. */
export type VersionCondition = (version: number | null) => boolean;

/** The headers of an answer that shows a resource. */
export function versionHeaders(version: number): Record<string, string> {
  return { ETag: `"${version}"` };
}

/**
 * What a request demands of the version it changes: `If-Match: "3"` that it is 3, `If-Match: *` that there is
 * one, `If-None-Match: *` that there is none yet. Without either, anything holds and the last write wins.
 */
export function versionCondition(header: (name: string) => string | undefined): VersionCondition {
  const match = header("if-match");
  const mustBeNew = header("if-none-match")?.trim() === "*";
  const allowed = match === undefined ? undefined : versionsIn(match);
  return (version) => {
    if (mustBeNew && version !== null) return false;
    if (allowed === undefined) return true;
    return version !== null && (allowed === "any" || allowed.has(version));
  };
}

/** Proxies that compress mark a tag as weak, and people forget the quotes: both are read as they were meant. */
function versionsIn(header: string): ReadonlySet<number> | "any" {
  if (header.trim() === "*") return "any";
  const tags = header.split(",").map((tag) => /^(?:W\/)?"?(\d{1,9})"?$/.exec(tag.trim())?.[1]);
  return new Set(tags.flatMap((version) => (version === undefined ? [] : [Number(version)])));
}
