// What a command of `tallyman` is: an entry of the one table from which the command line is read, and help is written.

/** An argument: its name as help shows it, such as `<csv>` or `[roles...]`, and what it is. */
export type CommandArgument = { readonly name: string; readonly says: string };

/** An option. `flags` as in `--days <n>`; without a value it is a flag, and false if it is not given. */
export type CommandOption = {
  readonly flags: string;
  readonly says: string;
  readonly default?: string;
  readonly isRequired?: true;
};

/** Something to type, and what it does. */
export type CommandExample = { readonly typed: string; readonly says: string };

/** What was typed, and the environment. */
export type Given = {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly args: readonly string[];
  readonly options: Readonly<Record<string, unknown>>;
};

/** A command. `run` resolves with its exit code, or with nothing if that is 0. */
export type Command = {
  /** A verb, or a noun and a verb. */
  readonly name: string;
  /** The name of an earlier version. It still works, and help does not show it. */
  readonly formerName?: string;
  readonly says: string;
  readonly args?: readonly CommandArgument[];
  readonly options?: readonly CommandOption[];
  readonly examples: readonly CommandExample[];
  readonly run: (given: Given) => Promise<number | void>;
};

/** The option of every command that can print JSON. */
export const jsonOption: CommandOption = {
  flags: "--json",
  says: "print one JSON document instead of text",
};

/** The options of a command that needs an API. */
export const apiOptions: readonly CommandOption[] = [
  {
    flags: "--url <address>",
    says: "a service that runs elsewhere; without it the command uses the configured database",
  },
  { flags: "--key <key>", says: "an API key of that service; or set TALLYMAN_KEY" },
];

/** How a command ended. An audit has one more, 3: the books balance, but work waits. */
export const exitCodes = { well: 0, failed: 1, wrongUsage: 2 } as const;
