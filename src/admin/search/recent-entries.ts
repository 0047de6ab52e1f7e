// What a person opened lately from the search, kept in their browser.

import * as z from "zod";
import type { SearchEntry } from "./search-entries.ts";

const storageKey = "tallyman.opened";
const recentMax = 6;

const storedSchema = z
  .array(
    z.object({
      key: z.string(),
      label: z.string(),
      detail: z.string(),
      to: z.string().regex(/^\/(?!\/)/),
    }),
  )
  .max(recentMax);

/** The last entries, the latest first. None if the browser keeps nothing. */
export function recentEntries(): readonly SearchEntry[] {
  try {
    const stored = storedSchema.safeParse(JSON.parse(localStorage.getItem(storageKey) ?? "[]"));
    return stored.success ? stored.data.map((entry) => ({ ...entry, group: "recent" })) : [];
  } catch {
    return [];
  }
}

/** Keeps an entry as the latest. */
export function keepRecent({ key, label, detail, to, isOutside = false }: SearchEntry): void {
  if (isOutside) return;
  const others = recentEntries().filter((entry) => entry.key !== key);
  const kept = [{ key, label, detail, to }, ...others].slice(0, recentMax);
  try {
    localStorage.setItem(
      storageKey,
      JSON.stringify(
        kept.map((entry) => ({
          key: entry.key,
          label: entry.label,
          detail: entry.detail,
          to: entry.to,
        })),
      ),
    );
  } catch {
    // The browser keeps nothing for this site.
  }
}
