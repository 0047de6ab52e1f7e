// Arrays as PostgreSQL reads them. pg writes them, too, but looks through each element twice for what has to be
// escaped, where hardly ever anything is.

/** An array of ids or numbers, which need no quotes. */
export function arrayLiteral(values: Iterable<string | number | bigint>): string {
  return `{${[...values].join(",")}}`;
}

const special = /["\\]/;

/** An array of texts, each of which may be null. */
export function textArrayLiteral(values: Iterable<string | null>): string {
  let elements = "";
  for (const value of values) {
    if (elements !== "") elements += ",";
    if (value === null) elements += "NULL";
    else elements += special.test(value) ? `"${value.replace(/["\\]/g, "\\$&")}"` : `"${value}"`;
  }
  return `{${elements}}`;
}
