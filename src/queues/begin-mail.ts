// Lets the job of a mail begin before its time. A mail has one job, so that its attempts stay as far apart as they should.

import type { AnnounceLog } from "./announce-or-leave-to-sweeper.ts";
import type { JobQueue } from "./backend.ts";
import { mailJob, type MailWork } from "./jobs/send-mail.ts";

/**
 * Lets a mail's job begin now. A job that has ended or was lost is announced again, as the sweeper would later. Resolves
 * with false if it is under way or in line already. Rejects if the queue store does not answer.
 */
async function beginMail(queue: JobQueue<"send-mail">, mail: MailWork): Promise<boolean> {
  if (await queue.hurry(mail.id)) return true;
  const found = await queue.lookUp(mail.id);
  if (found === "open") return false;
  if (found === "ended") await queue.forget(mail.id);
  await queue.announce([mailJob(mail)]);
  return true;
}

/** How many jobs the queue store is asked about at once. It takes other calls meanwhile. */
const callsAtOnce = 10;

/**
 * Lets the jobs of mails begin now. Resolves with the mails whose jobs do. Rejects if the queue store does not answer.
 */
export async function beginMails<Mail extends MailWork>(
  queue: JobQueue<"send-mail">,
  mails: readonly Mail[],
): Promise<readonly Mail[]> {
  const begun: Mail[] = [];
  for (let start = 0; start < mails.length; start += callsAtOnce) {
    const some = mails.slice(start, start + callsAtOnce);
    const began = await Promise.all(some.map((mail) => beginMail(queue, mail)));
    begun.push(...some.filter((_mail, at) => began[at]));
  }
  return begun;
}

/**
 * Lets the jobs of mails begin now whose rows say another time since: a job that is too early waits again by itself.
 * Never rejects: a failure is a warning in the log, and the sweeper does it later.
 */
export async function beginMailsOrLeaveToSweeper(
  queue: JobQueue<"send-mail">,
  mails: readonly MailWork[],
  log: AnnounceLog,
): Promise<void> {
  try {
    await beginMails(queue, mails);
  } catch (error) {
    log.warn(
      { err: error, jobs: mails.map(({ id }) => id) },
      "send-mail: the mails' times have changed, but their jobs were not told; the sweeper will",
    );
  }
}
