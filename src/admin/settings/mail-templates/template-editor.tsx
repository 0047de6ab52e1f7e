// Edits one mail template: its words at the left, what they can say beside them, and the mail they make.

import { Button, Group, Paper, Stack } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { IconArrowBackUp } from "@tabler/icons-react";
import { useRef, useState } from "react";
import { templateSchema } from "../../../contract/templates.ts";
import { confirm } from "../../forms/confirm.tsx";
import { FailureNotice } from "../../forms/failure-notice.tsx";
import { SaveBar } from "../../forms/save-bar.tsx";
import { StaleNotice } from "../../forms/stale-notice.tsx";
import { tellDone } from "../../forms/tell.tsx";
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
  type TemplateWords,
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

/** The editor. Who may not edit templates sees it read-only. */
export function TemplateEditor({ template, variables, samples }: TemplateEditorProps) {
  const { code } = template;
  const isReadOnly = !useMay()("templates:write");
  const onChanged = useAfterChange(code);
  const { form, submit, isSaving, isDirty, discard, failure, stale } = useEditForm({
    stored: template,
    versionOf: ({ version }) => version,
    toValues: wordsOf,
    schema: templateSchema,
    save: async (body, base) => {
      const version = base === null ? {} : { version: base.version };
      const change = { method: "PUT", path: templatePath(code), body, ...version } as const;
      try {
        return await send({ ...change, answer: templateSchema });
      } catch (error) {
        // Whoever was faster has made a version, which belongs into the history.
        onChanged(null);
        throw error;
      }
    },
    onSaved: (saved) => {
      onChanged(saved);
      tellDone("Saved. The next mail is in these words.");
    },
  });
  const words = form.values;
  const [sample, setSample] = useState(samples[0] ?? "");
  const preview = usePreview(code, words, sample);
  /** Puts a variable into whichever field was written in last. */
  const insert = useRef<((text: string) => void) | null>(null);
  const takeInserts = (take: ((text: string) => void) | null): void => {
    insert.current = take;
  };

  return (
    <Stack gap="lg" data-wide>
      <form onSubmit={submit} noValidate>
        <Stack gap="lg">
          {stale !== null && (
            <StaleNotice stale={stale} labels={labels} show={showWords} compare={compareWords} />
          )}
          {failure !== null && <FailureNotice {...failure} />}
          <div className={classes["frame"]}>
            <div className={classes["columns"]}>
              <Paper withBorder p="lg" bg="var(--tally-card)" className={classes["words"] ?? ""}>
                <Stack>
                  <SubjectField
                    value={words.subject}
                    builtIn={template.defaultSubject}
                    onChange={(subject) => form.setFieldValue("subject", subject)}
                    faults={preview.faults.filter(({ field }) => field === "subject")}
                    refusal={form.errors["subject"]}
                    takeInserts={takeInserts}
                    isReadOnly={isReadOnly}
                  />
                  <BodyField
                    value={words.body}
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
                words={words}
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
                form.setValues(wordsOf(restored));
                window.scrollTo({ top: 0 });
                tellDone(`Version ${restored.version} is in the editor. Save to put it in force.`);
              },
            })}
      />
    </Stack>
  );
}

function wordsOf(stored: TemplateWords | null): TemplateWords {
  return { subject: stored?.subject ?? null, body: stored?.body ?? null };
}

function showWords(_field: string, value: unknown): string | undefined {
  return value === null ? "built-in" : undefined;
}

function compareWords(field: string, before: unknown, after: unknown): string | undefined {
  return field === "body" ? compareBodies(before, after) : undefined;
}

/** Brings everything that shows the template up to date. */
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

/** Puts the built-in words in force again. The words so far stay in the history. */
function ResetButton({ template, onReset }: { template: MailTemplate; onReset: () => void }) {
  const onChanged = useAfterChange(template.code);
  const { mutate, isPending, error } = useMutation({
    mutationFn: () =>
      send({ method: "DELETE", path: templatePath(template.code), version: template.version }),
    onSuccess: () => {
      onReset();
      tellDone("The built-in words are in force.");
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
            title: "Reset to the built-in words?",
            text: "The next mail is in the built-in words. Your own stay in the history, from where you can restore them.",
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
