// The program's version, from its package.json.

import { readFileSync } from "node:fs";
import * as z from "zod";
import { packageRoot } from "../runtime/package-root.ts";

const manifest: unknown = JSON.parse(readFileSync(new URL("package.json", packageRoot), "utf8"));

/** The version, such as "1.2.3". */
export const { version } = z.object({ version: z.string() }).parse(manifest);
