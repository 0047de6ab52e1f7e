// Turns refused edits of the catalogue into problems, once for all of them.

import { CatalogueRefusedError } from "../../db/catalogue/catalogue-refused.ts";
import { Problem } from "../http/problem.ts";

/**
 * Awaits an edit; a refusal becomes a problem. Where the version was not the expected one, the problem shows
 * the resource as it is now, as `current`, so that an editor can tell what has changed.
 */
export async function orCatalogueProblem<T>(
  edit: Promise<T>,
  readCurrent: () => Promise<unknown> = () => Promise.resolve(null),
): Promise<T> {
  try {
    return await edit;
  } catch (error) {
    if (!(error instanceof CatalogueRefusedError)) throw error;
    const { kind, detail, errors = [], extra = {} } = error.refusal;
    const current = kind === "stale-version" ? { current: await readCurrent() } : {};
    throw new Problem(kind, detail, { errors, extra: { ...extra, ...current } });
  }
}
