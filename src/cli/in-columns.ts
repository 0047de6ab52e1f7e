// Formats what the commands print: columns, sections and counts.

/**
 * The rows as lines, with two spaces between columns. Text is aligned left and cut to `widthMax` characters. Numbers
 * are aligned right, with a separator for thousands. Control characters, which could change the terminal, become
 * spaces.
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

/** Indented lines under a heading; nothing if there are no lines. */
export function section(heading: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [heading, ...lines.map((line) => `  ${line}`), ""];
}

/** A number with its noun, such as `1 order` or `1,200 orders`. */
export function counted(count: number, noun: string): string {
  return `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;
}
