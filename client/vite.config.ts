// The build of the client: one file without imports, for Node and for browsers.

import { resolve } from "node:path";
import { defineConfig } from "vite";

export default defineConfig({
  root: import.meta.dirname,
  build: {
    outDir: resolve(import.meta.dirname, "../dist/client"),
    target: "es2022",
    // A reader of a stack trace finds names, and bundlers of shops make it smaller.
    minify: false,
    lib: { entry: "client.ts", formats: ["es"], fileName: "client" },
  },
});
