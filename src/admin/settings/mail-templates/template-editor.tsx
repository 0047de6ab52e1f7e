// Edits the override of one mail template: its fields at the left, then the variables, then the preview.

import { Button, Group, Paper, Stack } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { IconArrowBackUp } from "@tabler/icons-react";
import { useRef, useState } from "react";
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
import { BodyField } from "./body-field.tsx";
import { SubjectField } from "./subject-field.tsx";
import { compareBodies } from "./compare-bodies.ts";
import classes from "./template-editor.module.css";
import { TemplatePreview } from "./template-preview.tsx";
import {
  type MailTemplate,
  templatePath,
  templateQuery,
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

const labels = { subject: "Subject", body: "Body" };

/** The editor. It is read-only for people who may not edit templates. */
export function TemplateEditor({ template, variables, samples }: TemplateEditorProps) {
  const { code } = template;
  const isReadOnly = !useMay()("templates:write");
  const onChanged = useAfterChange(code);
  const { form, submit, isSaving, isDirty, discard, failure, stale } = useEditForm({
    stored: template,
    versionOf: ({ version }) => version,
    toValues: overrideOf,
    schema: templateSchema,
    save: async (body, base) => {
      const version = base === null ? {} : { version: base.version };
      const change = { method: "PUT", path: templatePath(code), body, ...version } as const;
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
      notifyDone("Saved. The next mail uses this text.");
    },
  });
  const override = form.values;
  const [sample, setSample] = useState(samples[0] ?? "");
  const preview = usePreview(code, override, sample);
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
            <StaleNotice stale={stale} labels={labels} show={showField} compare={compareField} />
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
                code={code}
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
                notifyDone(`Version ${restored.version} is in the editor. Save to use it.`);
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
  return value === null ? "built-in" : undefined;
}

function compareField(field: string, before: unknown, after: unknown): string | undefined {
  return field === "body" ? compareBodies(before, after) : undefined;
}

/** Returns a function that updates every query which shows the template. */
function useAfterChange(code: string): (saved: MailTemplate | null) => void {
  const queryClient = useQueryClient();
  return (saved) => {
    const key = templateQuery(code).queryKey;
    if (saved === null) void queryClient.invalidateQueries({ queryKey: key });
    else queryClient.setQueryData(key, saved);
    void queryClient.invalidateQueries({ queryKey: ["mail-templates", "all"] });
    void queryClient.invalidateQueries({ queryKey: ["mail-template-versions"] });
  };
}

/** The button that removes the override. It stays in the history. */
function ResetButton({ template, onReset }: { template: MailTemplate; onReset: () => void }) {
  const onChanged = useAfterChange(template.code);
  const { mutate, isPending, error } = useMutation({
    mutationFn: () =>
      send({ method: "DELETE", path: templatePath(template.code), version: template.version }),
    onSuccess: () => {
      onReset();
      notifyDone("The built-in text is used again.");
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
        onClick={() =>
          confirm({
            title: "Reset to the built-in text?",
            text: "The next mail uses the built-in text. Your own text stays in the history, and you can restore it.",
            verb: "Reset",
            onYes: mutate,
          })
        }
      >
        Reset to built-in
      </Button>
    </Group>
  );
}
