// The command `npm run licences`: writes docs/licences.md from package-lock.json.

import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { licencesPage } from "./licences-page.ts";
import { readTreesPackages, root } from "./read-tree.ts";

writeFileSync(resolve(root, "docs/licences.md"), licencesPage(readTreesPackages()));
