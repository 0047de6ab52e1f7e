// Keeps the short words of a table's cells whole. A mail breaks words anywhere, so that none is wider than a phone; but then
// a table's narrow columns would be as narrow as one letter beside a long value.

/** So many characters stand side by side in a table on a phone of 320 px. Each column costs two of them for its space. */
const charactersInRow = 32;

const rows = /<tr[^>]*>[^]*?<\/tr>/g;
const cells = /<t[dh][^>]*>[^]*?(?=<\/t[dh]>)/g;

/** Marks the cells of sanitised HTML whose words all fit into their share of a row. */
export function keepShortWords(html: string): string {
  return html.replaceAll(rows, (row) => {
    const columns = row.match(cells)?.length ?? 1;
    const longest = Math.floor(charactersInRow / columns) - 2;
    return row.replaceAll(cells, (cell) =>
      wordsOf(cell).every((word) => word.length <= longest)
        ? cell.replace("overflow-wrap:anywhere", "overflow-wrap:normal")
        : cell,
    );
  });
}

const wordsOf = (cell: string): string[] =>
  cell
    .replaceAll(/<br[^>]*>/g, " ")
    .replaceAll(/<[^>]*>/g, "")
    .split(/\s+/);
