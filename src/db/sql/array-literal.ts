// Writes arrays in PostgreSQL's text form, to pass as one value of a statement. pg can write them, too, but searches
// each element twice for letters to escape, and hardly any element has one.

/** Writes an array of ids or numbers, such as `{1,2}`. They need no quotes, so nothing is escaped. */
export function arrayLiteral(values: Iterable<string | number | bigint>): string {
  return `{${[...values].join(",")}}`;
}

const special = /["\\]/;

/** Writes an array of texts, such as `{"a",NULL}`. Each may be null. */
export function textArrayLiteral(values: Iterable<string | null>): string {
  let elements = "";
  for (const value of values) {
    if (elements !== "") elements += ",";
    if (value === null) elements += "NULL";
    else elements += special.test(value) ? `"${value.replace(/["\\]/g, "\\$&")}"` : `"${value}"`;
  }
  return `{${elements}}`;
}
