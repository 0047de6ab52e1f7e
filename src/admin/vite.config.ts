// How the admin app is built: static files for `/admin`, every name below `assets` with a hash of its content.

import { resolve } from "node:path";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/**
 * Libraries that are files of their own, so that an update of the app leaves them in the browsers' caches and no
 * file is large. Those of the editor come with the page that it stands on, as before; the editor is the first
 * of them, because a group takes along what its files import.
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
    rolldownOptions: { output: { codeSplitting: { groups: libraries } } },
  },
});
