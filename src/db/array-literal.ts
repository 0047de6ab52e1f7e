// Arrays as PostgreSQL reads them. pg writes them, too, but at twice the cost: it looks through each element
// for what has to be escaped, twice, where there is nothing to be found.

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
