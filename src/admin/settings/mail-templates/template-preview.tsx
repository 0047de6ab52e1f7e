// The preview: the mail on a chosen sample, and the button that sends it as a test.

import { Alert, Group, Paper, Select, Skeleton, Stack, Text, Title } from "@mantine/core";
import { LoadFailure } from "../../shell/load-failure.tsx";
import { MailViewer } from "../mails/mail-viewer.tsx";
import { mailTemplates } from "../../words/en/settings/mail-templates.tsx";
import classes from "./template-editor.module.css";
import type { MailTemplate, TemplateOverride } from "./template-queries.ts";
import { TestSend } from "./test-send.tsx";
import type { Preview } from "./use-preview.ts";

const text = mailTemplates.preview;

type TemplatePreviewProps = {
  readonly template: Pick<MailTemplate, "code" | "language">;
  readonly override: TemplateOverride;
  readonly sample: string;
  readonly samples: readonly string[];
  readonly onSample: (sample: string) => void;
  readonly preview: Preview;
};

/** The preview. */
export function TemplatePreview(props: TemplatePreviewProps) {
  const { template, override, sample, samples, onSample, preview } = props;
  const { rendered, faults, problem, isOutdated, retry } = preview;
  return (
    <Paper
      withBorder
      p="lg"
      bg="var(--tally-card)"
      component="section"
      aria-label={text.title}
      className={classes["preview"] ?? ""}
    >
      <Stack gap="sm">
        <Group justify="space-between" gap="sm">
          <Title order={2} size="h5">
            {text.title}
          </Title>
          <TestSend
            template={template}
            override={override}
            sample={sample}
            isBroken={faults.length > 0}
          />
        </Group>
        <Select
          label={text.sample}
          size="xs"
          data={samples.map((title) => ({ value: title, label: capitalised(title) }))}
          value={sample}
          onChange={(chosen) => onSample(chosen ?? sample)}
          allowDeselect={false}
          maw="22rem"
        />
        {faults.length > 0 && (
          <Alert color="orange" p="xs" role="status">
            {text.outdated}
          </Alert>
        )}
        {problem !== null && <LoadFailure problem={problem} onRetry={retry} />}
        {rendered === undefined ? (
          faults.length === 0 && problem === null && <Skeleton height="30rem" />
        ) : (
          <>
            <Text>
              <Text component="span" c="dimmed">
                {text.subject}{" "}
              </Text>
              <b data-testid="preview-subject">{rendered.subject}</b>
            </Text>
            <MailViewer
              label={text.mail}
              html={rendered.html}
              text={rendered.text}
              isOutdated={isOutdated}
            />
          </>
        )}
      </Stack>
    </Paper>
  );
}

function capitalised(title: string): string {
  return title.charAt(0).toUpperCase() + title.slice(1);
}
