// Edits the override of one mail template: its fields at the left, then the variables, then the preview.

import { Button, Group, Paper, Stack } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { IconArrowBackUp } from "@tabler/icons-react";
import { useRef, useState } from "react";
import { languageNames } from "../../../domain/language/languages.ts";
import { templateSchema } from "../../../contract/templates.ts";
import { confirm } from "../../forms/confirm.tsx";
import { FailureNotice } from "../../forms/failure-notice.tsx";
import { SaveBar } from "../../forms/save-bar.tsx";
import { StaleNotice } from "../../forms/stale-notice.tsx";
import { notifyDone } from "../../forms/notify.tsx";
import { useEditForm } from "../../forms/use-edit-form.ts";
import { toProblem } from "../../http/api-problem.ts";
import { send } from "../../http/request.ts";
import { useMay } from "../../session/session.ts";
import { mailTemplates as words } from "../../words/en/settings/mail-templates.tsx";
import { BodyField } from "./body-field.tsx";
import { SubjectField } from "./subject-field.tsx";
import { compareBodies } from "./compare-bodies.ts";
import classes from "./template-editor.module.css";
import { TemplatePreview } from "./template-preview.tsx";
import {
  type MailTemplate,
  templatePath,
  templateQuery,
  textQuery,
  type TemplateVariable,
  type TemplateVersion,
  type TemplateOverride,
} from "./template-queries.ts";
import { usePreview } from "./use-preview.ts";
import { VariableList } from "./variable-list.tsx";
import { VersionHistory } from "./version-history.tsx";

type TemplateEditorProps = {
  readonly template: MailTemplate;
  readonly variables: readonly TemplateVariable[];
  readonly samples: readonly string[];
};

/** The editor. It is read-only for people who may not edit templates. */
export function TemplateEditor({ template, variables, samples }: TemplateEditorProps) {
  const { code, language } = template;
  const isReadOnly = !useMay()("templates:write");
  const onChanged = useAfterChange(template);
  const { form, submit, isSaving, isDirty, discard, failure, stale } = useEditForm({
    stored: template,
    versionOf: ({ version }) => version,
    toValues: overrideOf,
    schema: templateSchema,
    save: async (body, base) => {
      const version = base === null ? {} : { version: base.version };
      const query = textQuery(language);
      const change = { method: "PUT", path: templatePath(code), query, body, ...version } as const;
      try {
        return await send({ ...change, answer: templateSchema });
      } catch (error) {
        // If somebody else saved first, their version is in the history now.
        onChanged(null);
        throw error;
      }
    },
    onSaved: (saved) => {
      onChanged(saved);
      notifyDone(words.saved);
    },
  });
  const override = form.values;
  const [sample, setSample] = useState(samples[0] ?? "");
  const preview = usePreview(template, override, sample);
  /** Inserts a variable into the field that had the focus last. */
  const insert = useRef<((text: string) => void) | null>(null);
  const takeInserts = (take: ((text: string) => void) | null): void => {
    insert.current = take;
  };

  return (
    <Stack gap="lg" data-wide>
      <form onSubmit={submit} noValidate>
        <Stack gap="lg">
          {stale !== null && (
            <StaleNotice
              stale={stale}
              labels={words.labels}
              show={showField}
              compare={compareField}
            />
          )}
          {failure !== null && <FailureNotice {...failure} />}
          <div className={classes["frame"]}>
            <div className={classes["columns"]}>
              <Paper withBorder p="lg" bg="var(--tally-card)" className={classes["fields"] ?? ""}>
                <Stack>
                  <SubjectField
                    value={override.subject}
                    builtIn={template.defaultSubject}
                    onChange={(subject) => form.setFieldValue("subject", subject)}
                    faults={preview.faults.filter(({ field }) => field === "subject")}
                    refusal={form.errors["subject"]}
                    takeInserts={takeInserts}
                    isReadOnly={isReadOnly}
                  />
                  <BodyField
                    value={override.body}
                    starter={template.starterBody}
                    onChange={(body) => form.setFieldValue("body", body)}
                    faults={preview.faults.filter(({ field }) => field === "body")}
                    variables={variables}
                    takeInserts={takeInserts}
                    isReadOnly={isReadOnly}
                  />
                </Stack>
              </Paper>
              <VariableList
                variables={variables}
                {...(isReadOnly ? {} : { onChoose: (text: string) => insert.current?.(text) })}
              />
              <TemplatePreview
                template={template}
                override={override}
                sample={sample}
                samples={samples}
                onSample={setSample}
                preview={preview}
              />
            </div>
          </div>
          {!isReadOnly && <SaveBar isDirty={isDirty} isSaving={isSaving} onDiscard={discard} />}
        </Stack>
      </form>
      <VersionHistory
        template={template}
        reset={!isReadOnly && <ResetButton template={template} onReset={discard} />}
        {...(isReadOnly
          ? {}
          : {
              onRestore: (restored: TemplateVersion) => {
                form.setValues(overrideOf(restored));
                window.scrollTo({ top: 0 });
                notifyDone(words.history.restored(restored.version));
              },
            })}
      />
    </Stack>
  );
}

function overrideOf(stored: TemplateOverride | null): TemplateOverride {
  return { subject: stored?.subject ?? null, body: stored?.body ?? null };
}

function showField(_field: string, value: unknown): string | undefined {
  return value === null ? words.builtIn : undefined;
}

function compareField(field: string, before: unknown, after: unknown): string | undefined {
  return field === "body" ? compareBodies(before, after) : undefined;
}

/** Returns a function that updates every query which shows the template. */
function useAfterChange({
  code,
  language,
}: Pick<MailTemplate, "code" | "language">): (saved: MailTemplate | null) => void {
  const queryClient = useQueryClient();
  return (saved) => {
    const key = templateQuery(code, language).queryKey;
    if (saved === null) void queryClient.invalidateQueries({ queryKey: key });
    else queryClient.setQueryData(key, saved);
    void queryClient.invalidateQueries({ queryKey: ["mail-templates", "all"] });
    // Which languages have a text of their own is told with every text, and a preview may be of another text.
    void queryClient.invalidateQueries({ queryKey: ["mail-templates", "one", code] });
    void queryClient.invalidateQueries({ queryKey: ["mail-preview", code] });
    void queryClient.invalidateQueries({ queryKey: ["mail-template-versions"] });
  };
}

/** The button that removes the override. It stays in the history. */
function ResetButton({ template, onReset }: { template: MailTemplate; onReset: () => void }) {
  const onChanged = useAfterChange(template);
  const { language } = template;
  const text = language === null ? words.reset : words.removal(languageNames[language]);
  const { mutate, isPending, error } = useMutation({
    mutationFn: () =>
      send({
        method: "DELETE",
        path: templatePath(template.code),
        query: textQuery(language),
        version: template.version,
      }),
    onSuccess: () => {
      onReset();
      notifyDone(text.done);
    },
    onSettled: () => onChanged(null),
  });
  if (template.subject === null && template.body === null) return null;
  return (
    <Group gap="sm">
      {error !== null && <FailureNotice problem={toProblem(error)} />}
      <Button
        variant="default"
        leftSection={<IconArrowBackUp size={16} />}
        loading={isPending}
        onClick={() => confirm({ ...text.question, onYes: mutate })}
      >
        {text.button}
      </Button>
    </Group>
  );
}
