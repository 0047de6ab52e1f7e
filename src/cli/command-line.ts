// Reads the command line by the table of commands, and writes help from it.

import { Command as Parser, CommanderError, Option } from "commander";
import { type Command, exitCodes } from "./command.ts";
import { inColumns } from "./in-columns.ts";

/** How the command line was read: a command's exit code, or the code after help or an error of usage was printed. */
export type Outcome = { readonly exitCode: number };

/**
 * Runs the command that `words` name. Prints help, and errors of usage, by itself. Rejects if the command rejects.
 */
export async function runCommandLine(
  commands: readonly Command[],
  words: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
  version: string,
): Promise<Outcome> {
  let exitCode: number = exitCodes.well;
  const program = new Parser("tallyman")
    .version(version)
    .helpCommand(false)
    .showSuggestionAfterError()
    .showHelpAfterError("(see tallyman --help)")
    .exitOverride();
  program.helpInformation = () => overview(commands);
  const groups = new Map<string, Parser>();
  for (const command of commands) {
    const [noun = "", verb] = command.name.split(" ");
    const parent = verb === undefined ? program : groupOf(program, groups, commands, noun);
    const run = async (options: object, parser: Parser): Promise<void> => {
      const given = { environment, args: parser.args, options: { ...options } };
      exitCode = (await command.run(given)) ?? exitCodes.well;
    };
    describe(parent.command(verb ?? noun), command, run);
    if (command.formerName !== undefined) {
      describe(program.command(command.formerName, { hidden: true }), command, run);
    }
  }
  try {
    await program.parseAsync([...words], { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return { exitCode: error.exitCode === 0 ? exitCodes.well : exitCodes.wrongUsage };
  }
  return { exitCode };
}

function groupOf(
  program: Parser,
  groups: Map<string, Parser>,
  commands: readonly Command[],
  noun: string,
): Parser {
  const known = groups.get(noun);
  if (known !== undefined) return known;
  const group = program.command(noun);
  group.helpInformation = () =>
    overview(commands.filter(({ name }) => name.startsWith(`${noun} `)));
  groups.set(noun, group);
  return group;
}

function describe(
  parser: Parser,
  command: Command,
  run: (options: object, parser: Parser) => Promise<void>,
): void {
  parser.description(command.says).showHelpAfterError(`(see tallyman ${command.name} --help)`);
  for (const { name, says } of command.args ?? []) parser.argument(name, says);
  for (const { flags, says, isRequired, default: value } of command.options ?? []) {
    const option = new Option(flags, says);
    if (isRequired) option.makeOptionMandatory();
    if (value !== undefined) option.default(value);
    else if (!flags.includes("<")) option.default(false);
    parser.addOption(option);
  }
  const examples = command.examples.map(({ typed, says }) => ["", typed, says]);
  parser.addHelpText("after", `\nExamples:\n${inColumns(examples, 120).join("\n")}`);
  parser.action(async () => run(parser.opts(), parser));
}

function overview(commands: readonly Command[]): string {
  const rows = commands.map(({ name, says }) => ["", name, says]);
  return [
    "Usage: tallyman <command> [options]",
    "",
    "A stock service: takes orders, never oversells, and mails managers when stock is low.",
    "The commands use the settings of the environment, as the service does.",
    "",
    "Commands:",
    ...inColumns(rows, 200),
    "",
    "`tallyman <command> --help` shows the options of a command, and examples.",
    "Exit codes: 0 done, 1 failed, 2 wrong usage.",
    "",
  ].join("\n");
}
