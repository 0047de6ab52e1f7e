// Versions of resources that people edit: `ETag` in replies, `If-Match` and `If-None-Match` in requests (RFC 9110).

/** Whether a request may change a resource of this version; null if there is no such resource. */
export type VersionCondition = (version: number | null) => boolean;

/** The headers of a reply with a resource of this version. */
export function versionHeaders(version: number): Record<string, string> {
  return { ETag: `"${version}"` };
}

/**
 * Reads the condition of a request: `If-Match: "3"` expects version 3, `If-Match: *` any version, and
 * `If-None-Match: *` no resource yet. Without these headers every version is accepted, and the last write wins.
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

/** Also accepts weak tags, which proxies that compress replies send, and tags without quotes. */
function versionsIn(header: string): ReadonlySet<number> | "any" {
  if (header.trim() === "*") return "any";
  const tags = header.split(",").map((tag) => /^(?:W\/)?"?(\d{1,9})"?$/.exec(tag.trim())?.[1]);
  return new Set(tags.flatMap((version) => (version === undefined ? [] : [Number(version)])));
}
