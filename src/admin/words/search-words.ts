// What is said beside each thing that the search has found.

import type { SearchHit } from "../../contract/search.ts";
import { hitWords } from "./en/search/results.ts";

/** A short description beside what was found. */
export function hitDetail(hit: SearchHit, statusOf: (hit: SearchHit) => string): string {
  switch (hit.kind) {
    case "order":
      return hitWords.order(statusOf(hit), hit.customer);
    case "product":
    case "variant":
      return hit.sku;
    case "mail":
      return hitWords.mail(hit.to);
    case "job":
      return hitWords.job(hit.hasEnded, hit.queue);
  }
}
