// How the admin app is built: static files for `/admin`, every name below `assets` with a hash of its content.

import { resolve } from "node:path";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

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
  },
});
