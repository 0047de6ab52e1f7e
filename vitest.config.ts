import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.{ts,tsx}"],
    globalSetup: ["test/support/global-setup.ts"],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    // What is awaited comes within this on a busy machine too; a quiet one never waits for it.
    expect: { poll: { timeout: 30_000 } },
  },
});
