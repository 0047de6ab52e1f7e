#!/usr/bin/env node
// The operator's program: `npx tallyman <command>`. It reads the command line and runs the command.

import { Command } from "commander";
import { ConfigError } from "../config.ts";
import { parseRoles } from "../process/parse-roles.ts";
import { version } from "../process/version.ts";
import { Interrupted } from "./interruption.ts";
import { OperatorError } from "./operator-error.ts";

// Each command is imported when it runs, so that help and errors of the command line come at once.

const program = new Command("tallyman")
  .description(
    "A stock service: takes orders, never oversells, and mails managers when stock is low.",
  )
  .version(version)
  .showSuggestionAfterError()
  .showHelpAfterError("(see --help)");

program
  .command("start")
  .description("run the service with the settings of the environment")
  .argument("[roles...]", "api, worker, or none for both")
  .action(async (names: string[]) => {
    const roles = parseRoles(names);
    if (roles === null) {
      throw new OperatorError(
        `Expected roles among api and worker; got ${names.join(" ")}. Without a role it takes both.`,
      );
    }
    const { run } = await import("../process/run.ts");
    // As in main.ts: a library that keeps the event loop busy must not keep the process alive.
    process.exit(await run(process.env, roles));
  });

program
  .command("migrate")
  .description("migrate the database to this version's schema")
  .action(async () => {
    const { migrateCommand } = await import("./migrate-command.ts");
    await migrateCommand(process.env);
  });

program
  .command("audit")
  .description(
    "check that the books balance (exit code 1 if not) and that no work waits too long (3 if it does)",
  )
  .option(
    "--since <when>",
    "prove only what is new: since the last audit that held (last), or since an instant",
  )
  .option("--json", "print one JSON document instead of text", false)
  .option("--repair", "then offer what can be repaired safely, and ask before each repair", false)
  .option("--yes", "do every offered repair without a question", false)
  .option("--by <name>", "who repairs, for the ledger; your login's name if left out")
  .action(async (raw: Readonly<Record<string, unknown>>) => {
    const { auditCommand } = await import("./audit/audit-command.ts");
    process.exitCode = await auditCommand(process.env, raw);
  });

program
  .command("create-key")
  .description("create an API key in the database and print it, if you lost the last one")
  .argument("<name>", "the key's name in lists and in the ledger")
  .option("--permissions <list>", "the key's permissions, separated by commas; default: all")
  .option("--days <n>", "in how many days the key stops working; default: never")
  .action(async (name: string, raw: { readonly permissions?: string; readonly days?: string }) => {
    const { createKeyCommand } = await import("./create-key-command.ts");
    await createKeyCommand(process.env, name, raw);
  });

program
  .command("reset-password")
  .description("set a new password for a person in the database, and print it")
  .argument("<email>", "the address that the person logs in with")
  .action(async (email: string) => {
    const { resetPasswordCommand } = await import("./reset-password-command.ts");
    await resetPasswordCommand(process.env, email);
  });

program
  .command("demo")
  .description("start a small store with an embedded database, and replay a sample of orders on it")
  .option("--once", "stop after the sample instead of serving until Ctrl-C", false)
  .option("--orders <n>", "replay only the first n orders of the sample")
  .action(async (raw: Readonly<Record<string, unknown>>) => {
    const { demoCommand } = await import("./demo/demo-command.ts");
    await demoCommand(process.env, raw);
  });

program
  .command("replay")
  .description("replay a history of orders from a CSV file, and show what would have happened")
  .argument("<csv>", "the file, with a header and one row per order line")
  .option("--format <system>", "shopify, woocommerce or amazon; else the header is recognised")
  .option("--reference <column>", "the column with the order's number, if it is no such report")
  .option("--sku <column>", "the column with the product's code")
  .option("--quantity <column>", "the column with the units ordered")
  .option("--name <column>", "the column with the product's name")
  .option("--date <column>", "the column with the time of the order: the oldest is played first")
  .option("--dates <form>", "day-first or month-first, if dates have slashes")
  .option("--sold <statuses>", "statuses of orders that are sales, separated by commas")
  .option("--not-sold <statuses>", "statuses of orders that are no sales")
  .option("--delimiter <character>", "the character between columns; tab for tabs")
  .option("--quotes <rule>", "standard, or none if quotes in the file are just characters")
  .option("--skip-unreadable", "leave out rows that can't be read, and count them", false)
  .option("--stock <units>", "initial stock of created products", "100")
  .option(
    "--stock-from <file>",
    "a CSV file with the columns sku and units: initial stock by product",
  )
  .option("--threshold <units>", "alert threshold of created products")
  .option("--speed <speed>", "max, or orders a second such as 50/s", "max")
  .option("--url <address>", "the service to replay to; without it, the command starts one")
  .option("--key <key>", "an API key of that service; or set TALLYMAN_KEY")
  .action(async (path: string, raw: Readonly<Record<string, unknown>>) => {
    const { replayCommand } = await import("./replay/replay-command.ts");
    await replayCommand(process.env, path, raw);
  });

program
  .command("import")
  .description("import products and counts from a CSV file, also one of another system")
  .argument("<csv>", "the file, as Tallyman, Shopify, WooCommerce, Magento or PrestaShop export it")
  .option("--format <name>", "the system that wrote it; recognised by its columns if left out")
  .option("--location <name>", "which location's units to import; * for the sum of all")
  .option("--encoding <name>", "the file's encoding, such as windows-1252, if it is not UTF-8")
  .option("--yes", "import after the dry run without a question", false)
  .requiredOption("--url <address>", "the service to import to")
  .option("--key <key>", "an API key of that service; or set TALLYMAN_KEY")
  .action(async (path: string, raw: Readonly<Record<string, unknown>>) => {
    const { importCommand } = await import("./import/import-command.ts");
    process.exitCode = await importCommand(process.env, path, raw);
  });

const exitCodes = { SIGINT: 130, SIGTERM: 143 } as const;

/** The least version of Node. It is a dependency of the project, so npm's scripts and npx use it. */
const nodeMajor = 24;

try {
  if (Number.parseInt(process.versions.node, 10) < nodeMajor) {
    throw new OperatorError(
      `Expected Node ${nodeMajor} or later; this is ${process.versions.node}. Run \`npx tallyman\` in the project's folder: it uses the project's own Node.`,
    );
  }
  await program.parseAsync();
} catch (error) {
  process.stderr.write(`${await messageOf(error)}\n`);
  process.exitCode = error instanceof Interrupted ? exitCodes[error.signal] : 1;
}

async function messageOf(error: unknown): Promise<string> {
  const isForOperator = [OperatorError, Interrupted, ConfigError].some(
    (kind) => error instanceof kind,
  );
  if (isForOperator && error instanceof Error) return error.message;
  const { explain } = await import("../process/run.ts");
  return explain(error);
}
