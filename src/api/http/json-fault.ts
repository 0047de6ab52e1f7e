// Finds the place of a syntax error in JSON. Only some errors of JSON.parse have the place; the others quote the text,
// which may be private.

/** The tokens that may come next. */
type Expected = "value" | "value-or-end" | "key" | "key-or-end" | "colon" | "comma-or-end";

const blank = /[ \t\n\r]*/y;
const scalar = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
/** All characters but quotes, backslashes and the 32 control characters before the space (RFC 8259). */
const plainCharacters = /[ !#-[\]-\u{10ffff}]*/uy;
const escape = /\\(?:["\\/bfnrt]|u[\da-fA-F]{4})/y;

/** The index of the first character that is not allowed in its place; null if the text is valid JSON. */
export function jsonFaultAt(text: string): number | null {
  const open: ("{" | "[")[] = [];
  let expected: Expected = "value";
  let at = 0;
  for (;;) {
    at = endOf(blank, text, at) ?? at;
    if (expected === "comma-or-end" && open.length === 0) return at === text.length ? null : at;
    const character = text[at];
    const inner = open.at(-1);
    const isEnd = expected === "comma-or-end" || expected.endsWith("-or-end");
    if (isEnd && character === (inner === "{" ? "}" : "]")) {
      open.pop();
      expected = "comma-or-end";
      at += 1;
    } else if (expected === "comma-or-end") {
      if (character !== ",") return at;
      expected = inner === "{" ? "key" : "value";
      at += 1;
    } else if (expected === "colon") {
      if (character !== ":") return at;
      expected = "value";
      at += 1;
    } else if (expected === "key" || expected === "key-or-end") {
      if (character !== '"') return at;
      const { end, isWhole } = scanString(text, at);
      if (!isWhole) return end;
      expected = "colon";
      at = end;
    } else if (character === "{" || character === "[") {
      open.push(character);
      expected = character === "{" ? "key-or-end" : "value-or-end";
      at += 1;
    } else {
      const { end, isWhole } = character === '"' ? scanString(text, at) : scanScalar(text, at);
      if (!isWhole) return end;
      expected = "comma-or-end";
      at = end;
    }
  }
}

type Scanned = { readonly end: number; readonly isWhole: boolean };

function scanScalar(text: string, at: number): Scanned {
  const end = endOf(scalar, text, at);
  return end === null ? { end: at, isWhole: false } : { end, isWhole: true };
}

function scanString(text: string, at: number): Scanned {
  let end = at + 1;
  for (;;) {
    end = endOf(plainCharacters, text, end) ?? end;
    if (text[end] === '"') return { end: end + 1, isWhole: true };
    const afterEscape = endOf(escape, text, end);
    if (afterEscape === null) return { end, isWhole: false };
    end = afterEscape;
  }
}

/** The index after a match that begins at `at`; null if there is none. */
function endOf(sticky: RegExp, text: string, at: number): number | null {
  sticky.lastIndex = at;
  return sticky.test(text) ? sticky.lastIndex : null;
}

/** Describes the syntax error of a body that is not a JSON object or list, with its place. */
export function describeJsonFault(body: string): string {
  const at = jsonFaultAt(body);
  if (at === null) return "Expected a JSON object or a list; this body is another value.";
  const begun = body.slice(0, at).split("\n");
  const place = `line ${begun.length}, column ${(begun.at(-1) ?? "").length + 1}`;
  return at === body.length
    ? `Expected a body that is valid JSON; this one ends too early, at ${place}.`
    : `Expected a body that is valid JSON; this one goes wrong at position ${at} (${place}), with ${JSON.stringify(String.fromCodePoint(body.codePointAt(at) ?? 0))}.`;
}
