// Finds the columns that a command wants in a file's header. If one is missing, it suggests the nearest.

import { nearest } from "../../process/nearest.ts";

/**
 * Finds the wanted columns in a file's header. `wanted` has the column's name by the role; undefined is not wanted.
 * `positions` has the position by the role. If a column is missing, `problems` suggests one and lists the header.
 */
export function findColumns(
  wanted: Readonly<Record<string, string | undefined>>,
  header: readonly string[],
): { readonly positions: ReadonlyMap<string, number>; readonly problems: readonly string[] } {
  const positions = new Map<string, number>();
  const problems: string[] = [];
  for (const [role, column] of Object.entries(wanted)) {
    if (column === undefined) continue;
    const position = header.indexOf(column);
    if (position >= 0 && position === header.lastIndexOf(column)) {
      positions.set(role, position);
      continue;
    }
    if (position >= 0) {
      problems.push(
        `the file has the column "${column}" more than once; rename all but one of them`,
      );
      continue;
    }
    const near = nearest(column, header);
    const advice = near === undefined ? "" : `; did you mean "${near}"?`;
    problems.push(`there is no column "${column}" in the file${advice}`);
  }
  if (problems.length > 0) problems.push(describeHeader(header));
  return { positions, problems };
}

function describeHeader(header: readonly string[]): string {
  const [only = ""] = header;
  const other = [";", "\t", ",", "|"].find((character) => only.includes(character));
  if (header.length === 1 && other !== undefined) {
    const name = other === "\t" ? "tab" : `"${other}"`;
    return `the file has one column, "${only}"; does it use another delimiter? Try --delimiter ${name}`;
  }
  const shown = header.slice(0, 30).map((column) => (column === "" ? "(unnamed)" : column));
  const more = header.length > 30 ? `, and ${header.length - 30} more` : "";
  return `the file's columns are ${shown.join(", ")}${more}`;
}
