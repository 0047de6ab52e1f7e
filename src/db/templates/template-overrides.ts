// The store's overrides of mail templates, with all their versions. A reset makes a version, too, in which nothing is
// overridden, so that the version before it can be restored.

import { type EntityManager, LockMode, type MikroORM } from "@mikro-orm/postgresql";
import type { TemplateOverride } from "../../domain/template-override.ts";
import { recordAct } from "../activity/record-acts.ts";
import { MailTemplateVersion } from "../entities/mail-template-version.ts";
import { MailTemplate } from "../entities/mail-template.ts";
import { Refused } from "../refused.ts";
import { sqlWithin } from "../sql/sql.ts";

/** What is stored for a template. Version 0 means that nothing was ever stored. */
export type StoredTemplate = TemplateOverride & {
  readonly code: string;
  readonly version: number;
  readonly updatedAt: Date | null;
  readonly updatedBy: string | null;
};

/** One version of a template's override. */
export type StoredTemplateVersion = TemplateOverride & {
  readonly version: number;
  readonly savedAt: Date;
  readonly savedBy: string;
};

/** Reads what is stored for a template, whether or not there is a template of this code. */
export async function readTemplateOverride(orm: MikroORM, code: string): Promise<StoredTemplate> {
  const stored = await orm.em.fork().findOne(MailTemplate, { code });
  return stored === null ? neverStored(code) : viewTemplate(stored);
}

/**
 * Stores an override, or resets the template if both subject and body are null. Storing what is stored already makes no
 * new version. Throws `Refused` if `matchesVersion` is false for the stored version.
 */
export function saveTemplateOverride(
  orm: MikroORM,
  change: TemplateOverride & {
    readonly code: string;
    /** The template's name, for the record of activity. */
    readonly name: string;
    readonly by: string;
  },
  matchesVersion: (version: number) => boolean,
): Promise<StoredTemplate> {
  const { code, name, subject, body, by } = change;
  return orm.em.fork().transactional(async (em) => {
    const template = await lockTemplate(em, code, by);
    if (!matchesVersion(template.version)) {
      throw new Refused({ kind: "stale-version", of: "mail template" });
    }
    const before = { version: template.version, subject: template.subject ?? null };
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
    await recordAct(sqlWithin(em), {
      kind: subject === null && body === null ? "template.reset" : "template.changed",
      subject: { id: code, name },
      before,
      after: { version: template.version, subject },
    });
    return viewTemplate(template);
  });
}

/** Reads the versions of a template, newest first. `below` is the version that the page starts before. */
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

/** Locks a template's row. It is inserted first if nobody has changed the template before. */
async function lockTemplate(em: EntityManager, code: string, by: string): Promise<MailTemplate> {
  await sqlWithin(em)(
    "insert into mail_template (code, version, updated_by) values ($1, 0, $2) on conflict do nothing",
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
