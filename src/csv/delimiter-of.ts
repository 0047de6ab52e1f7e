// Finds the separator of a CSV file: spreadsheets of some countries write semicolons or tabs instead of commas.

/** A longer header is no header. */
const headCharactersMax = 20_000;

/** The separator that occurs most often in the first line: a comma, a semicolon or a tab. */
export function delimiterOf(text: string): string {
  const head = /^[^\r\n]*/.exec(text.slice(0, headCharactersMax))?.[0] ?? "";
  const counts = [",", ";", "\t"].map((separator) => ({
    separator,
    count: head.split(separator).length,
  }));
  return counts.reduce((most, next) => (next.count > most.count ? next : most)).separator;
}
