// The sentence of one fault of a field for a store manager: by its code if it has one, else the API's own sentence if
// that has no word that only programmers need.

import { permissions } from "../../domain/access/permissions.ts";
import { permissionWords } from "../settings/permission-words.ts";
import { faults as text } from "./en/faults.ts";
import type { Facts } from "./problem-facts.ts";

/** One fault as the API replied with it. `pointer` is a JSON pointer into the request's body. */
export type FieldFault = {
  readonly pointer: string;
  readonly detail: string;
  readonly [extra: string]: unknown;
};

/** Returns the sentence of a fault. `facts` are those of its problem. */
export function fieldWords(fault: FieldFault, { code, unitsInStock }: Facts): string {
  // A fault in a template is told to somebody who writes one, with the names that the template has.
  if ("line" in fault && ["/subject", "/body"].includes(fault.pointer)) return fault.detail;
  // A fault in a file names its line.
  const [begin, line] = (fault.pointer === "/csv" && /^Line (\d+)/.exec(fault.detail)) || [];
  const words = ofCode(fault) ?? ofProblem(code, unitsInStock) ?? plainWords(fault.detail);
  const sentence = words === null ? text.notAccepted : asSentence(words);
  if (begin === undefined || line === undefined || sentence.startsWith(begin)) return sentence;
  return text.inLine(line, sentence);
}

type FaultWords = (fault: FieldFault) => string;

const byCode: Readonly<Record<string, FaultWords>> = {
  "not-in-order": () => text.notInOrder,
  "more-than-left": ({ left }) => text.moreThanLeft(unitsOf(left)),
  "more-than-taken": ({ restockable }) => text.moreThanTaken(unitsOf(restockable)),
  deleted: () => text.deleted,
  "unknown-sku": () => text.unknownSku,
  "not-tracked": () => text.notTracked,
  hidden: () => text.hidden,
  "variant-required": () => text.variantRequired,
};

function ofCode(fault: FieldFault): string | null {
  const { code } = fault;
  const words = typeof code === "string" && Object.hasOwn(byCode, code) ? byCode[code] : undefined;
  return words?.(fault) ?? null;
}

const unitsOf = (units: unknown): number | null => (typeof units === "number" ? units : null);

/** What a rule says beside the field. */
function ofProblem(code: string | undefined, unitsInStock: number | undefined): string | null {
  if (code === "unknown-groups") return text.unknownGroups;
  if (code === "unknown-users") return text.unknownUsers;
  return code === "stale-count" && unitsInStock !== undefined
    ? text.staleCount(unitsInStock)
    : null;
}

/** Adds a capital letter and a full stop. */
function asSentence(words: string): string {
  const begun = words.charAt(0).toUpperCase() + words.slice(1);
  return /[.!?…]$/.test(begun) ? begun : `${begun}.`;
}

/** Matches paths, codes, field names, and words that only programmers need. */
const forPrograms =
  /[`{}]|\b(?:GET|PUT|POST|PATCH|DELETE|JSON|HTTP|UTF-8|UUID|null|boolean)\b|\/api\/|\bsee errors\b|\b[a-z]+:(?:read|write|manage)\b|\b[a-z]+[A-Z][A-Za-z]*\b|\b[A-Z]+_[A-Z_]+\b|\b(?:request|header|cursor|pointer|field)s?\b|\b(?:array|string|object|to have)\b.*[<>]=|Idempotency|Content-|\bIf-|\bBearer\b|(?:^|[\s(])\/[a-z]/;

/** Returns the API's sentence with labels for field names; null if it is written for programmers. */
export function plainWords(detail: string): string | null {
  const named = detail
    .replaceAll("the setting WEBHOOK_ALLOWED_ADDRESSES", text.allowedAddresses)
    .replaceAll(/\b[a-z]+[A-Z]\w*\b/g, (name) => text.labels[name] ?? name)
    .replaceAll(/\b[a-z]+:[a-z]+\b/g, (code) => {
      const permission = permissions.find((known) => known === code);
      return permission === undefined ? code : text.permission(permissionWords[permission]);
    });
  // Quoted text and email addresses come from people, so they are not checked.
  const ownWords = named.replaceAll(/"(?:[^"\\]|\\.)*"/g, "").replaceAll(/\S+@\S+/g, "");
  return detail === "" || forPrograms.test(ownWords) ? null : named;
}
