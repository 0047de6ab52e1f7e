// The build of the admin app: static files for `/admin`. Every file name below `assets` has a content hash.

import { resolve } from "node:path";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

/**
 * Libraries with their own files, so that browsers keep them in the cache after an update and no file is large. The
 * editor's libraries are loaded with its page. The editor has the higher priority, because a group also includes what
 * its files import.
 */
const libraries = [
  {
    name: "react",
    test: /node_modules[\\/](?:react|react-dom|react-router|@tanstack[\\/][\w-]+)[\\/]/,
  },
  {
    name: "editor",
    test: /node_modules[\\/](?:codemirror|@codemirror[\\/](?!lang-)[\w-]+)[\\/]/,
    priority: 2,
  },
  {
    name: "editor-languages",
    test: /node_modules[\\/](?:@lezer[\\/][\w-]+|@codemirror[\\/]lang-[\w-]+)[\\/]/,
    priority: 1,
  },
];

/**
 * Chromium keeps the failure of an import, so that the same address fails for good. Each dynamic import becomes a call of
 * `importPart` (parts/import-part.ts), which asks for another address at the next try.
 */
const importAgain: Plugin = {
  name: "import-again",
  enforce: "post",
  // Only after Vite has found the imports by their syntax and named the styles that each one needs.
  generateBundle: {
    order: "post",
    handler(_options, bundle): void {
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== "chunk") continue;
        chunk.code = chunk.code.replaceAll(
          /\bimport\(([`"'])(\.\/[^`"']+\.js)\1\)/g,
          (_all, _quote, path: string) => `importPart(new URL("${path}",import.meta.url).href)`,
        );
      }
    },
  },
};

export default defineConfig({
  root: import.meta.dirname,
  base: "/admin/",
  plugins: [react(), importAgain],
  build: {
    outDir: resolve(import.meta.dirname, "../../dist/admin"),
    emptyOutDir: true,
    target: "es2022",
    // The content security policy allows no data: fonts or scripts, and small files cost nothing over HTTP.
    assetsInlineLimit: 0,
    modulePreload: {
      polyfill: false,
      // The browser keeps the failure of a preloaded script too, so parts preload styles alone.
      resolveDependencies: (_file, needed, { hostType }) =>
        hostType === "html" ? needed : needed.filter((path) => path.endsWith(".css")),
    },
    // The licences of the packages in the app ask for their texts to be given with it.
    license: { fileName: "licences.md" },
    rolldownOptions: { output: { codeSplitting: { groups: libraries } } },
  },
});
