// The table of all commands, in the order in which help lists them. docs/commands.md is tested against it.

import type { Command } from "./command.ts";
import { accessCommands } from "./commands/access.ts";
import { backupCommands } from "./commands/backup.ts";
import { checkingCommands } from "./commands/checking.ts";
import { fileCommands } from "./commands/files.ts";
import { storeCommands } from "./commands/store.ts";
import { servingCommands } from "./commands/serving.ts";

export const commands: readonly Command[] = [
  ...servingCommands,
  ...checkingCommands,
  ...backupCommands,
  ...accessCommands,
  ...storeCommands,
  ...fileCommands,
];
