import { it } from "vitest";
it("hang", async () => { await new Promise((r) => setTimeout(r, 20000)); }, 30000);
