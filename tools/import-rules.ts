// Reads which file imports which, and checks the imports by the table of rooms. Imports of types count too, because a
// reader of the file must know them.

import { dirname, join, normalize, sep } from "node:path";
import type { Room } from "./rooms.ts";

/** A file of the tree: its path from the root, and its text. */
export type SourceFile = { readonly path: string; readonly text: string };

/** One import. `to` is a path from the root, or the name of a package. */
export type Import = { readonly from: string; readonly to: string; readonly isPackage: boolean };

const specifiers = /\b(?:from\s+|import\s+|import\(\s*)"([^"\n]+)"/g;

/** Reads the imports of files. It does not check whether the targets exist; the compiler does. */
export function readImports(files: readonly SourceFile[]): Import[] {
  return files.flatMap(({ path, text }) =>
    [...text.matchAll(specifiers)].map(([, specifier = ""]): Import => {
      if (!specifier.startsWith(".")) return { from: path, to: specifier, isPackage: true };
      const to = normalize(join(dirname(path), specifier)).replaceAll(sep, "/");
      return { from: path, to, isPackage: false };
    }),
  );
}

/** The room of a path: its folder in `src`, its file there without the extension, or its folder beside `src`. */
export function roomOf(path: string): string {
  const [top = "", second = ""] = path.split("/");
  return top === "src" ? second.replace(/\.tsx?$/, "") : top;
}

/** One sentence for each import that the table does not allow, and for each room that it does not name. */
export function findForbidden(
  imports: readonly Import[],
  rooms: Readonly<Record<string, Room>>,
): string[] {
  return imports.flatMap(({ from, to, isPackage }) => {
    const name = roomOf(from);
    const room = rooms[name];
    if (room === undefined) {
      return [`${from} is in no room. Expected one of ${Object.keys(rooms).join(", ")}.`];
    }
    if (isPackage) {
      const allowed = room.packages;
      if (allowed === undefined || allowed.some((prefix) => to.startsWith(prefix))) return [];
      return [`${from} imports ${to}. Expected ${listed("package", allowed)} in ${name}.`];
    }
    const target = roomOf(to);
    if (target === name || !(to.startsWith("src/") || target in rooms)) return [];
    if (room.imports.includes(target)) return [];
    return [`${from} imports ${to}. ${name} may import ${listed("room", room.imports)}.`];
  });
}

function listed(noun: string, names: readonly string[]): string {
  return names.length === 0 ? `no ${noun}` : `of ${noun}s only ${names.join(", ")}`;
}

/**
 * Finds circles among imports. Each circle is a list of files in the order in which they import each other, and is found
 * once. A file that imports itself is a circle.
 */
export function findCircles(imports: readonly Import[]): string[][] {
  const targets = new Map<string, string[]>();
  for (const { from, to, isPackage } of imports) {
    if (!isPackage) targets.set(from, [...(targets.get(from) ?? []), to]);
  }
  const circles: string[][] = [];
  const done = new Set<string>();
  const visit = (file: string, way: readonly string[]): void => {
    const start = way.indexOf(file);
    if (start !== -1) {
      circles.push(way.slice(start));
      return;
    }
    if (done.has(file)) return;
    for (const target of targets.get(file) ?? []) visit(target, [...way, file]);
    done.add(file);
  };
  for (const file of targets.keys()) visit(file, []);
  return circles;
}
