// Lays out what the commands print: rows in columns, numbers to the right, words to the left.

/**
 * The rows as lines, two spaces between columns. A number is written with its thousands parted and set to
 * the right of its column. Text is cut to `widthMax` characters, and never breaks or colours the terminal:
 * control characters of a file's own text are shown as spaces.
 */
export function inColumns(
  rows: readonly (readonly (string | number)[])[],
  widthMax: number = 60,
): string[] {
  const cells = rows.map((row) => row.map((cell) => cellText(cell, widthMax)));
  const widths: number[] = [];
  for (const row of cells) {
    for (const [column, text] of row.entries()) {
      widths[column] = Math.max(widths[column] ?? 0, text.length);
    }
  }
  return cells.map((row, index) =>
    row
      .map((text, column) => {
        const isNumber = typeof rows[index]?.[column] === "number";
        const width = widths[column] ?? 0;
        return isNumber ? text.padStart(width) : text.padEnd(width);
      })
      .join("  ")
      .trimEnd(),
  );
}

function cellText(cell: string | number, widthMax: number): string {
  if (typeof cell === "number") return cell.toLocaleString("en");
  const plain = cell.replaceAll(/\p{Cc}+/gu, " ");
  return plain.length > widthMax ? `${plain.slice(0, widthMax - 1)}…` : plain;
}

/** Lines under a heading, indented; nothing where there are no lines. */
export function section(heading: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [heading, ...lines.map((line) => `  ${line}`), ""];
}

/** A number with its noun, as in `1 order` and `1,200 orders`. */
export function counted(count: number, noun: string): string {
  return `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;
}
