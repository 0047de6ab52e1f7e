// The store's own words for its mails, with every version they ever had. A reset is a version, too: an
// empty one, so that the words before it can be brought back.

import { type EntityManager, LockMode, type MikroORM } from "@mikro-orm/postgresql";
import { MailTemplateVersion } from "../entities/mail-template-version.ts";
import { MailTemplate } from "../entities/mail-template.ts";
import { Refused } from "../refused.ts";

/** A subject and a body; null leaves the built-in one in force. */
export type TemplateWords = { readonly subject: string | null; readonly body: string | null };

/** What is stored for a template. Version 0 means that nothing ever was. */
export type StoredTemplate = TemplateWords & {
  readonly code: string;
  readonly version: number;
  readonly updatedAt: Date | null;
  readonly updatedBy: string | null;
};

/** One version of a template. */
export type StoredTemplateVersion = TemplateWords & {
  readonly version: number;
  readonly savedAt: Date;
  readonly savedBy: string;
};

/** Reads what is stored for a template. */
export async function readTemplateOverride(orm: MikroORM, code: string): Promise<StoredTemplate> {
  const stored = await orm.em.fork().findOne(MailTemplate, { code });
  return stored === null ? neverStored(code) : viewTemplate(stored);
}

/**
 * Stores words for a template, or resets it where both are null. Storing what is stored already makes no
 * new version. Throws `Refused` where `holds` refuses the version there is.
 */
export function saveTemplateOverride(
  orm: MikroORM,
  change: TemplateWords & { readonly code: string; readonly by: string },
  holds: (version: number) => boolean,
): Promise<StoredTemplate> {
  const { code, subject, body, by } = change;
  return orm.em.fork().transactional(async (em) => {
    const template = await lockTemplate(em, code, by);
    if (!holds(template.version)) {
      throw new Refused({ kind: "stale-version", of: "mail template" });
    }
    const isSame = (template.subject ?? null) === subject && (template.body ?? null) === body;
    if (isSame && template.version > 0) return viewTemplate(template);
    em.assign(template, { subject, body, updatedBy: by, updatedAt: new Date() });
    await em.flush();
    em.create(MailTemplateVersion, {
      template,
      version: template.version,
      subject,
      body,
      savedBy: by,
    });
    return viewTemplate(template);
  });
}

/** The versions of a template below the given one, newest first. */
export async function listTemplateVersions(
  orm: MikroORM,
  code: string,
  { below, limit }: { readonly below: number | undefined; readonly limit: number },
): Promise<StoredTemplateVersion[]> {
  const versions = await orm.em
    .fork()
    .find(
      MailTemplateVersion,
      { template: code, ...(below === undefined ? {} : { version: { $lt: below } }) },
      { orderBy: { version: "desc" }, limit },
    );
  return versions.map(({ version, subject, body, savedAt, savedBy }) => ({
    version,
    subject: subject ?? null,
    body: body ?? null,
    savedAt,
    savedBy,
  }));
}

/** A row is needed to be locked, also for a template that nobody has changed so far. */
async function lockTemplate(em: EntityManager, code: string, by: string): Promise<MailTemplate> {
  await em.execute(
    "insert into mail_template (code, version, updated_by) values (?, 0, ?) on conflict do nothing",
    [code, by],
  );
  return em.findOneOrFail(MailTemplate, { code }, { lockMode: LockMode.PESSIMISTIC_WRITE });
}

function viewTemplate(template: MailTemplate): StoredTemplate {
  const { code, subject, body, version, updatedAt, updatedBy } = template;
  return { code, subject: subject ?? null, body: body ?? null, version, updatedAt, updatedBy };
}

function neverStored(code: string): StoredTemplate {
  return { code, subject: null, body: null, version: 0, updatedAt: null, updatedBy: null };
}
