// The build of the admin app: static files for `/admin`. Every file name below `assets` has a content hash.

import { resolve } from "node:path";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

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

export default defineConfig({
  root: import.meta.dirname,
  base: "/admin/",
  plugins: [react()],
  build: {
    outDir: resolve(import.meta.dirname, "../../dist/admin"),
    emptyOutDir: true,
    target: "es2022",
    // The content security policy allows no data: fonts or scripts, and small files cost nothing over HTTP.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // The licences of the packages in the app ask for their texts to be given with it.
    license: { fileName: "licences.md" },
    rolldownOptions: { output: { codeSplitting: { groups: libraries } } },
  },
});
