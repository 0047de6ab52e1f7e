// `tallyman doctor`: looks at everything that the service needs, and says what to do. It changes nothing, but for one
// key in Redis that expires in a second, and it starts no embedded database that does not exist.

import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { type Config, ConfigError, readConfig } from "../../config.ts";
import { checkMailServer } from "../../emails/delivery/check-mail-server.ts";
import { misspeltSettings } from "../../process/misspelt-settings.ts";
import { exitCodes } from "../command.ts";
import { withConfiguredDatabase } from "../configured-database.ts";
import { judgeAddresses, listenAt } from "./check-addresses.ts";
import { checkDatabase } from "./check-database.ts";
import { checkQueueStore } from "./check-queue-store.ts";
import { type Check, checksAbout } from "./check.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** Prints a line for each check, and resolves with 1 if one failed. */
export async function doctorCommand(environment: Environment, isJson: boolean): Promise<number> {
  const checks = await examine(environment);
  const exitCode = checks.some(({ state }) => state === "failed")
    ? exitCodes.failed
    : exitCodes.well;
  const text = isJson ? JSON.stringify({ format: 1, exitCode, checks }) : checksAsText(checks);
  process.stdout.write(`${text}\n`);
  return exitCode;
}

/** Looks at everything. Resolves with what it found; rejects only at an error of its own. */
export async function examine(environment: Environment): Promise<Check[]> {
  const about = checksAbout("configuration");
  let config: Config;
  try {
    config = readConfig(environment);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.message
      .split("\n")
      .flatMap((line) => /^ {2}- (.*)/.exec(line)?.[1] ?? [])
      .map((problem) => about.failed(`${problem}.`, "Correct the setting; the README lists them."));
  }
  const misspelt = misspeltSettings(environment).map((sentence) =>
    about.warning(sentence, "Correct the name of the variable, or remove it."),
  );
  return [
    ...(misspelt.length > 0 ? misspelt : [about.ok("Every setting can be used.")]),
    ...(await ofDatabase(environment, config)),
    ...(await checkQueueStore(config)),
    ...(await ofMail(config)),
    ...judgeAddresses(config, await listenAt(config)),
  ];
}

async function ofDatabase(environment: Environment, config: Config): Promise<Check[]> {
  const folder = resolve(join(config.DATA_DIR, "postgres"));
  if (config.DATABASE_URL === undefined && !existsSync(folder)) {
    const { ok } = checksAbout("database");
    return [ok(`The first start will make an embedded database in ${folder}.`)];
  }
  return withConfiguredDatabase(environment, (url) => checkDatabase(url, config), {
    warnsOfNames: false,
  });
}

async function ofMail({ SMTP_URL, MAIL_FROM }: Config): Promise<Check[]> {
  const { ok, warning, failed } = checksAbout("mail");
  if (SMTP_URL === undefined) {
    return [warning("Mails are kept and not sent.", "Set SMTP_URL to send them.")];
  }
  const reason = await checkMailServer(SMTP_URL);
  if (reason !== null) {
    return [failed(reason, "Mend it, or correct SMTP_URL. Mails wait meanwhile for 43 minutes.")];
  }
  return MAIL_FROM.endsWith(".localdomain")
    ? [
        warning(
          `The mail server takes the login. MAIL_FROM is ${MAIL_FROM}, which most receivers refuse.`,
          "Set MAIL_FROM to an address of yours, or the sender in the store's settings.",
        ),
      ]
    : [ok("The mail server answers, and takes the login.")];
}

const marks = { ok: "ok  ", warning: "WARN", failed: "FAIL" } as const;

/** One line for each check, and one below it with what to do. */
export function checksAsText(checks: readonly Check[]): string {
  const width = Math.max(...checks.map(({ about }) => about.length));
  return checks
    .flatMap(({ about, state, says, todo }) => [
      `${marks[state]}  ${about.padEnd(width)}  ${says}`,
      ...(todo === null ? [] : [`      ${" ".repeat(width)}  ${todo}`]),
    ])
    .join("\n");
}
