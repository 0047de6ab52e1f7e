// Sends attacks, and shows what is wrong with an answer.

import type { Attack, Outcome } from "./attack.ts";
import type { AttackedService } from "./attacked-service.ts";

const atOnce = 4;

/** Sends attacks, some at once. Resolves with their answers, in the order of the attacks. */
export async function sendAll(
  service: Pick<AttackedService, "send">,
  attacks: readonly Attack[],
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  const waiting = attacks.entries();
  const sendNext = async (): Promise<void> => {
    for (const [at, attack] of waiting)
      outcomes[at] = { attack, got: await service.send(attack.sent) };
  };
  await Promise.all(Array.from({ length: atOnce }, sendNext));
  return outcomes;
}

/** A fault with all that it takes to see it again. */
export function showFault({ attack, got }: Outcome, fault: string): string {
  return `${showAttack(attack)}: ${fault}\n  got ${got.status} ${got.text.slice(0, 400)}`;
}

/** An attack in a few lines. */
export function showAttack({ operation, kind, sent }: Attack): string {
  const body = sent.bytes?.toString().slice(0, 600) ?? "";
  return `${operation.method} ${sent.path.slice(0, 200)} (${kind})\n  sent ${JSON.stringify(sent.headers)} ${body}`;
}
