// The store's overrides of mail templates, with all their versions. A reset makes a version, too, in which nothing is
// overridden, so that the version before it can be restored.

import { type EntityManager, LockMode, type MikroORM } from "@mikro-orm/postgresql";
import type { TemplateOverride } from "../../domain/template-override.ts";
import { type Language, languageNames, languages } from "../../domain/language/languages.ts";
import { recordAct } from "../activity/record-acts.ts";
import { MailTemplateVersion } from "../entities/mail-template-version.ts";
import { MailTemplate } from "../entities/mail-template.ts";
import { Refused } from "../refused.ts";
import { sqlWithin } from "../sql/sql.ts";

/** Which text of a template is meant: that of one language, or the one for all languages that have none of their own. */
export type TemplateKey = { readonly code: string; readonly language: Language | null };

/**
 * The key of a text's rows. That for all languages has the template's code alone, so that a process of an older version,
 * which knows only this one, goes on with it.
 */
const rowKey = ({ code, language }: TemplateKey): string =>
  language === null ? code : `${code}/${language}`;

/** What is stored for a template. Version 0 means that nothing was ever stored. */
export type StoredTemplate = TemplateOverride & {
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
export async function readTemplateOverride(
  orm: MikroORM,
  key: TemplateKey,
): Promise<StoredTemplate> {
  const stored = await orm.em.fork().findOne(MailTemplate, { code: rowKey(key) });
  return stored === null ? neverStored : viewTemplate(stored);
}

/** The languages for which a template has a text of its own. */
export async function listOwnTexts(orm: MikroORM, code: string): Promise<Language[]> {
  const keys = languages.map((language) => rowKey({ code, language }));
  const stored = await orm.em.fork().find(MailTemplate, {
    code: { $in: keys },
    $or: [{ subject: { $ne: null } }, { body: { $ne: null } }],
  });
  const own = new Set(stored.map((template) => template.code));
  return languages.filter((language) => own.has(rowKey({ code, language })));
}

/**
 * Reads the text that a mail in a language is written with: that of the language, or else the one for all. Both parts are
 * null if neither is stored.
 */
export async function readUsedOverride(
  orm: MikroORM,
  code: string,
  language: Language,
): Promise<TemplateOverride> {
  const own = await readTemplateOverride(orm, { code, language });
  if (own.subject !== null || own.body !== null) return own;
  return readTemplateOverride(orm, { code, language: null });
}

/**
 * Stores an override, or resets the template if both subject and body are null. Storing what is stored already makes no
 * new version. Throws `Refused` if `matchesVersion` is false for the stored version.
 */
export function saveTemplateOverride(
  orm: MikroORM,
  change: TemplateOverride &
    TemplateKey & {
      /** The template's name, for the record of activity. */
      readonly name: string;
      readonly by: string;
    },
  matchesVersion: (version: number) => boolean,
): Promise<StoredTemplate> {
  const { code, language, name, subject, body, by } = change;
  const about = language === null ? name : `${name} (${languageNames[language]})`;
  return orm.em.fork().transactional(async (em) => {
    const template = await lockTemplate(em, rowKey(change), by);
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
      subject: { id: code, name: about },
      before,
      after: { version: template.version, subject },
    });
    return viewTemplate(template);
  });
}

/** Reads the versions of a template, newest first. `below` is the version that the page starts before. */
export async function listTemplateVersions(
  orm: MikroORM,
  key: TemplateKey,
  { below, limit }: { readonly below: number | undefined; readonly limit: number },
): Promise<StoredTemplateVersion[]> {
  const versions = await orm.em
    .fork()
    .find(
      MailTemplateVersion,
      { template: rowKey(key), ...(below === undefined ? {} : { version: { $lt: below } }) },
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
  const { subject, body, version, updatedAt, updatedBy } = template;
  return { subject: subject ?? null, body: body ?? null, version, updatedAt, updatedBy };
}

const neverStored: StoredTemplate = {
  subject: null,
  body: null,
  version: 0,
  updatedAt: null,
  updatedBy: null,
};
