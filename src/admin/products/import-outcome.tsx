// What an import would change, the file's errors, the progress, and the result.

// eslint-disable-next-line import/no-unassigned-import -- styles are there for their effect
import "@mantine/core/styles/Progress.css";
import { Alert, Button, Group, List, Progress, Stack, Text, Title } from "@mantine/core";
import { IconUpload } from "@tabler/icons-react";
import { Link } from "react-router";
import type { ImportReportReply } from "../../contract/product-file.ts";
import { FailureNotice } from "../forms/failure-notice.tsx";
import { Empty } from "../lists/list-body.tsx";
import { NoticeLink } from "../parts/notice-link.tsx";
import { productImport as text } from "../words/en/products/import.tsx";
import { plainWords } from "../words/field-words.ts";
import { DifferenceTable, FaultTable } from "./import-tables.tsx";
import type { ImportOutcome as Saved, ProductImport } from "./use-product-import.ts";

type OutcomeProps = {
  readonly state: ProductImport;
  /** Checks again what the file would change. */
  readonly onLookAgain: () => void;
};

/** The current one of these. */
export function ImportOutcome({ state, onLookAgain }: OutcomeProps) {
  const { problem, outcome, report, isSaving, isLooking } = state;
  if (problem !== null) {
    return (
      <Stack gap="md" align="flex-start">
        <FailureNotice problem={problem} others={problem.errors.map(({ words }) => words)} />
        {outcome !== null && <Text size="sm">{text.failed.done(outcome.done, outcome.total)}</Text>}
        <Button variant="default" onClick={onLookAgain}>
          {text.failed.lookAgain}
        </Button>
      </Stack>
    );
  }
  if (outcome !== null) return isSaving ? <UnderWay outcome={outcome} /> : <Done {...outcome} />;
  if (report === undefined) {
    return (
      <Text role="status" size="sm" c="dimmed">
        {isLooking ? text.reading : ""}
      </Text>
    );
  }
  if (report.faultCount > 0) return <Faulty {...report} />;
  if (report.products.length === 0) {
    return (
      <Empty
        title={text.nothing.title}
        text={
          report.unchanged === 0 ? text.nothing.noRows : text.nothing.unchanged(report.unchanged)
        }
      />
    );
  }
  return (
    <Stack gap="md">
      <Group justify="space-between">
        <div role="status">
          <Title order={2} size="h4">
            {text.plan.summary(report.created, report.updated, report.unchanged)}
          </Title>
        </div>
        <Button leftSection={<IconUpload size={16} />} onClick={state.save}>
          {text.plan.import(report.products.length)}
        </Button>
      </Group>
      <DifferenceTable products={report.products} />
    </Stack>
  );
}

function Faulty({ faults, faultCount }: Pick<ImportReportReply, "faults" | "faultCount">) {
  return (
    <Stack gap="md">
      <Alert color="red" role="alert" title={text.faulty.title(faultCount)}>
        {text.faulty.text}
        {faultCount > faults.length && ` ${text.faulty.first(faults.length)}`}
      </Alert>
      <FaultTable faults={faults} />
    </Stack>
  );
}

function UnderWay({ outcome: { done, total } }: { outcome: Saved }) {
  return (
    <Stack gap="xs">
      <Text role="status">{text.underWay.text(done, total)}</Text>
      <Progress
        value={(done / total) * 100}
        aria-label={text.underWay.imported}
        animated
        size="lg"
      />
    </Stack>
  );
}

function Done({ created, updated, lowAlready, refused }: Saved) {
  return (
    <Alert
      color={refused.length === 0 ? "teal" : "orange"}
      role="status"
      title={text.done.title(created, updated)}
    >
      <Stack gap="sm" align="flex-start">
        {lowAlready > 0 && (
          <Text size="sm">
            {text.done.lowAlready(lowAlready, (label) => (
              <NoticeLink to="/alerts">{label}</NoticeLink>
            ))}
          </Text>
        )}
        {refused.length > 0 && (
          <>
            <Text size="sm">{text.done.refused}</Text>
            <List size="sm">
              {refused.map(({ sku, reason }) => (
                <List.Item key={sku}>
                  {sku}: {plainWords(reason) ?? text.done.reasonUnknown}
                </List.Item>
              ))}
            </List>
          </>
        )}
        <Button component={Link} to="/products" variant="default" size="xs">
          {text.done.show}
        </Button>
      </Stack>
    </Alert>
  );
}
