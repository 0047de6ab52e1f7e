// Checks the books of the configured database, while traffic goes on.

import { audit, type Finding } from "../db/audit/audit.ts";
import { withConfiguredDatabase } from "./configured-database.ts";

/** Audits the books and prints a line for each invariant. Resolves with whether all of them hold. */
export function auditCommand(
  environment: Readonly<Record<string, string | undefined>>,
): Promise<boolean> {
  return withConfiguredDatabase(environment, async (url) => {
    const findings = await audit(url);
    process.stdout.write(findings.map(describe).join(""));
    const broken = findings.filter(({ faults }) => faults > 0).length;
    process.stdout.write(
      broken === 0
        ? `All ${findings.length} invariants hold.\n`
        : `${broken} of ${findings.length} invariants do not hold.\n`,
    );
    return broken === 0;
  });
}

function describe({ invariant, faults, examples }: Finding): string {
  if (faults === 0) return `holds   ${invariant}\n`;
  const shown = examples.map((example) => `          ${JSON.stringify(example)}\n`).join("");
  const more = faults > examples.length ? `          and ${faults - examples.length} more\n` : "";
  return `BROKEN  ${invariant}: ${faults} faults\n${shown}${more}`;
}
