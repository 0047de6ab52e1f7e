// Every version of a template's override. Each can be restored into the editor.

import { Badge, Button, Group, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { versionPageSchema } from "../../../contract/templates.ts";
import { type Column, DataTable } from "../../lists/data-table.tsx";
import { ListBody } from "../../lists/list-body.tsx";
import { usePages } from "../../lists/use-pages.ts";
import { actorWords } from "../../words/actors.ts";
import { mailTemplates } from "../../words/en/settings/mail-templates.tsx";
import { settings } from "../../words/en/settings/shared.ts";
import { Time } from "../../words/time.tsx";
import {
  type MailTemplate,
  templatePath,
  type TemplateVersion,
  textQuery,
} from "./template-queries.ts";

const words = mailTemplates.history;

type VersionHistoryProps = {
  readonly template: MailTemplate;
  /** Puts a version into the editor; left out if the person may not edit. */
  readonly onRestore?: (version: TemplateVersion) => void;
  /** The button that goes back to the built-in text. */
  readonly reset: ReactNode;
};

const entry = versionPageSchema.shape.data.element;

/** The history. */
export function VersionHistory({ template, onRestore, reset }: VersionHistoryProps) {
  return (
    <Stack gap="sm" component="section" aria-label={words.title}>
      <Group justify="space-between">
        <Title order={2} size="h4">
          {words.title}
        </Title>
        {reset}
      </Group>
      {template.version === 0 ? (
        <Text size="sm" c="dimmed">
          {words.none}
        </Text>
      ) : (
        <Versions template={template} onRestore={onRestore} />
      )}
    </Stack>
  );
}

type VersionsProps = Pick<VersionHistoryProps, "template"> & {
  readonly onRestore: VersionHistoryProps["onRestore"] | undefined;
};

function Versions({ template, onRestore }: VersionsProps) {
  const pages = usePages({
    key: "mail-template-versions",
    path: `${templatePath(template.code)}/versions`,
    query: textQuery(template.language),
    entry,
    pageSize: 10,
  });
  return (
    <ListBody pages={pages} empty={words.noVersions}>
      {(versions, isOutdated) => (
        <DataTable
          label={words.table}
          columns={columnsFor(template.version, onRestore)}
          rows={versions}
          keyOf={({ version }) => String(version)}
          isOutdated={isOutdated}
        />
      )}
    </ListBody>
  );
}

function columnsFor(
  versionInUse: number,
  onRestore: VersionHistoryProps["onRestore"],
): Column<TemplateVersion>[] {
  const columns: Column<TemplateVersion>[] = [
    {
      header: words.columns.version,
      cell: ({ version }) => (
        <Group gap="xs" component="span">
          <Text component="span" fw={600}>
            {words.version(version)}
          </Text>
          {version === versionInUse && (
            <Badge component="span" color="teal" variant="light" tt="none">
              {words.inUse}
            </Badge>
          )}
        </Group>
      ),
    },
    {
      header: words.columns.saved,
      cell: ({ savedAt, savedBy }) => (
        <Stack gap={0} component="span">
          <Time at={savedAt} />
          <Text component="span" size="sm" c="dimmed">
            {settings.by(actorWords(savedBy))}
          </Text>
        </Stack>
      ),
    },
    { header: words.columns.subject, cell: ({ subject }) => <Excerpt text={subject} /> },
    { header: words.columns.body, cell: ({ body }) => <Excerpt text={body} /> },
  ];
  return onRestore === undefined ? columns : [...columns, restoring(onRestore)];
}

function restoring(onRestore: (version: TemplateVersion) => void): Column<TemplateVersion> {
  return {
    header: words.columns.actions,
    align: "right",
    cell: (version) => (
      <Button
        size="xs"
        variant="default"
        aria-label={words.restoreVersion(version.version)}
        onClick={() => onRestore(version)}
      >
        {words.restore}
      </Button>
    ),
    phone: "plain",
  };
}

const excerptCharactersMax = 80;

function Excerpt({ text }: { text: string | null }) {
  if (text === null) {
    return (
      <Text component="span" size="sm" c="dimmed">
        {words.builtIn}
      </Text>
    );
  }
  const line = text.replaceAll(/\s+/g, " ").trim();
  return (
    <Text component="span" size="sm" ff="monospace" title={text}>
      {line.length > excerptCharactersMax ? `${line.slice(0, excerptCharactersMax)}…` : line}
    </Text>
  );
}
