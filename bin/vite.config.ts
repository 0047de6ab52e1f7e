// The build of the program: few files, because a start spends most of its time with finding and reading modules.
// docs/decisions/bundled-program.md has the figures, and says what may be bundled.

import { resolve } from "node:path";
import { defineConfig } from "vite";

const root = resolve(import.meta.dirname, "..");

/**
 * The packages that go into the program's files: those with many modules that read no files of their own, and what only
 * they import. Whoever else imports one must be here too, or there would be two copies of it.
 */
const bundled = [
  /^@mikro-orm\//,
  /^kysely(?:\/|$)/,
  /^pg-cursor$/,
  /^postgres-(?:array|date|interval)$/,
  /^zod(?:\/|$)/,
  /^zod-openapi(?:\/|$)/,
];

export default defineConfig({
  root,
  ssr: { noExternal: bundled },
  build: {
    ssr: true,
    outDir: resolve(root, "dist"),
    target: "node22",
    // A reader of a stack trace finds names and lines.
    minify: false,
    sourcemap: true,
    // The licences of the packages in it ask for their texts to be given with it.
    license: { fileName: "licences.md" },
    rolldownOptions: {
      input: {
        main: "src/main.ts",
        "cli/tallyman": "src/cli/tallyman.ts",
        // A thread, which its starter looks for beside itself: in `parts`, like all that is shared or loaded on demand.
        "parts/template-thread-body": "src/emails/templating/template-thread-body.ts",
      },
      output: {
        entryFileNames: "[name].js",
        chunkFileNames: "parts/[name].js",
        // MikroORM and logs read names of classes. The bundler renames those that two modules share.
        keepNames: true,
      },
    },
  },
});
