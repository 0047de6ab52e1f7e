// Finds the separator of a CSV file: spreadsheets of some countries write semicolons or tabs instead of commas.

/** A longer header is no header. */
const headCharactersMax = 20_000;

/** The line with which a file can name its separator, as Excel reads and writes it: `sep=;`. */
const separatorLine = /^\u{FEFF}?"?sep=([^"\r\n])"?[,;\t|]*$/iu;

/** The separator that a line names, or null if the line is any other. Such a line is no header and no row. */
export function namedDelimiter(line: string): string | null {
  return separatorLine.exec(line)?.[1] ?? null;
}

/**
 * The separator that the first line names, or else the one that occurs most often in it outside of quotes: a comma, a
 * semicolon or a tab.
 */
export function delimiterOf(text: string): string {
  const first = /^[^\r\n]*/.exec(text.slice(0, headCharactersMax))?.[0] ?? "";
  const named = namedDelimiter(first);
  if (named !== null) return named;
  const head = first.replaceAll(/"[^"]*"/g, "");
  const counts = [",", ";", "\t"].map((separator) => ({
    separator,
    count: head.split(separator).length,
  }));
  return counts.reduce((most, next) => (next.count > most.count ? next : most)).separator;
}
