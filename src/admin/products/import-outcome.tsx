// What an import would change, the file's errors, the progress, and the result.

// eslint-disable-next-line import/no-unassigned-import -- styles are there for their effect
import "@mantine/core/styles/Progress.css";
import { Alert, Anchor, Button, Group, List, Progress, Stack, Text, Title } from "@mantine/core";
import { IconUpload } from "@tabler/icons-react";
import { Link } from "react-router";
import type { ImportReportReply } from "../../contract/product-file.ts";
import { FailureNotice } from "../forms/failure-notice.tsx";
import { Empty } from "../lists/list-body.tsx";
import { plainWords } from "../words/field-words.ts";
import { count, number } from "../words/numbers.ts";
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
        {outcome !== null && (
          <Text size="sm">
            {number(outcome.done)} of {count(outcome.total, "product")} were imported before this
            error.
          </Text>
        )}
        <Button variant="default" onClick={onLookAgain}>
          Check what is left to import
        </Button>
      </Stack>
    );
  }
  if (outcome !== null) return isSaving ? <UnderWay outcome={outcome} /> : <Done {...outcome} />;
  if (report === undefined) {
    return (
      <Text role="status" size="sm" c="dimmed">
        {isLooking ? "Reading the file…" : ""}
      </Text>
    );
  }
  if (report.faultCount > 0) return <Faulty {...report} />;
  if (report.products.length === 0) {
    return (
      <Empty
        title="Nothing would change"
        text={
          report.unchanged === 0
            ? "The file has no rows below its header."
            : `${count(report.unchanged, "product")} in the file; none differs from what is stored.`
        }
      />
    );
  }
  return (
    <Stack gap="md">
      <Group justify="space-between">
        <div role="status">
          <Title order={2} size="h4">
            {summary(report)}
          </Title>
        </div>
        <Button leftSection={<IconUpload size={16} />} onClick={state.save}>
          Import {count(report.products.length, "product")}
        </Button>
      </Group>
      <DifferenceTable products={report.products} />
    </Stack>
  );
}

function Faulty({ faults, faultCount }: Pick<ImportReportReply, "faults" | "faultCount">) {
  return (
    <Stack gap="md">
      <Alert color="red" role="alert" title={`${count(faultCount, "error")} in the file`}>
        Nothing was imported. Correct the file, then choose it again.
        {faultCount > faults.length && ` These are the first ${number(faults.length)}.`}
      </Alert>
      <FaultTable faults={faults} />
    </Stack>
  );
}

function summary({ created, updated, unchanged }: ImportReportReply): string {
  const kept = unchanged === 0 ? "" : `; ${number(unchanged)} unchanged`;
  return `${number(created)} to create, ${number(updated)} to change${kept}`;
}

function UnderWay({ outcome: { done, total } }: { outcome: Saved }) {
  return (
    <Stack gap="xs">
      <Text role="status">
        {number(done)} of {count(total, "product")} imported. Keep this page open until the import
        is done.
      </Text>
      <Progress value={(done / total) * 100} aria-label="Imported" animated size="lg" />
    </Stack>
  );
}

function Done({ created, updated, lowAlready, refused }: Saved) {
  return (
    <Alert
      color={refused.length === 0 ? "teal" : "orange"}
      role="status"
      title={`${count(created, "product")} created, ${number(updated)} changed`}
    >
      <Stack gap="sm" align="flex-start">
        {lowAlready > 0 && (
          <Text size="sm">
            {count(lowAlready, "item is", "items are")} low already. You find them{" "}
            <Anchor component={Link} to="/alerts" inherit>
              among the alerts
            </Anchor>
            ; nobody is mailed about them until they get worse.
          </Text>
        )}
        {refused.length > 0 && (
          <>
            <Text size="sm">These were not imported, because they changed in the meantime:</Text>
            <List size="sm">
              {refused.map(({ sku, reason }) => (
                <List.Item key={sku}>
                  {sku}: {plainWords(reason) ?? "look at it on its page."}
                </List.Item>
              ))}
            </List>
          </>
        )}
        <Button component={Link} to="/products" variant="default" size="xs">
          Show the products
        </Button>
      </Stack>
    </Alert>
  );
}
