// Imports products from a CSV file: first what would change, then, on a second step, the change itself.

import {
  Alert,
  Anchor,
  Button,
  FileInput,
  Group,
  List,
  Paper,
  Stack,
  Text,
  Title,
} from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { IconFileTypeCsv, IconUpload } from "@tabler/icons-react";
import { useState } from "react";
import { Link } from "react-router";
import {
  importReport,
  type ImportReportReply,
} from "../../api/product-file/product-file-schemas.ts";
import { FailureNotice } from "../forms/failure-notice.tsx";
import type { ApiProblem } from "../http/api-problem.ts";
import { useSend } from "../forms/use-send.ts";
import { send } from "../http/request.ts";
import { Empty } from "../lists/list-body.tsx";
import { Page } from "../shell/page.tsx";
import { count } from "../words/numbers.ts";
import { DifferenceTable, FaultTable } from "./import-tables.tsx";

type Sent = { readonly csv: string; readonly dryRun: boolean };

/** The page. */
export function ImportPage() {
  const client = useQueryClient();
  const [file, setFile] = useState<File | null>(null);
  const [csv, setCsv] = useState("");
  const { run, isSending, answer, problem, reset } = useSend({
    send: ({ csv: text, dryRun }: Sent) =>
      send({
        method: "POST",
        path: "/product-import",
        query: { dryRun },
        body: { csv: text },
        answer: importReport,
      }),
    onDone: async ({ dryRun }) => {
      if (dryRun) return;
      await Promise.all(
        ["products", "stock", "alerts"].map((key) => client.invalidateQueries({ queryKey: [key] })),
      );
    },
  });
  const choose = async (chosen: File | null): Promise<void> => {
    setFile(chosen);
    reset();
    if (chosen === null) return;
    const text = await chosen.text();
    setCsv(text);
    run({ csv: text, dryRun: true });
  };
  return (
    <Page
      title="Import products"
      back={{ to: "/products", label: "Products" }}
      intro="Creates and changes products and variants. Nothing is ever deleted, and nothing is saved before you have seen what would change."
    >
      <Paper withBorder p={{ base: "md", sm: "lg" }} bg="var(--tally-card)">
        <Stack gap="md">
          <FileInput
            label="CSV file"
            description="With a head line and at most 2,000 rows."
            placeholder="Choose a file"
            accept=".csv,text/csv,text/plain"
            leftSection={<IconFileTypeCsv size={18} />}
            value={file}
            onChange={(chosen) => void choose(chosen)}
            clearable
            clearButtonProps={{ "aria-label": "Take the file back" }}
            maw="26rem"
          />
          <Columns />
        </Stack>
      </Paper>
      <Outcome
        report={answer}
        problem={problem}
        isPending={isSending}
        onImport={() => run({ csv, dryRun: false })}
      />
    </Page>
  );
}

function Columns() {
  return (
    <Text size="sm" c="dimmed">
      The columns are those of the{" "}
      <Anchor href="/api/v1/product-export" download inherit>
        export
      </Anchor>
      ; only <b>sku</b> is needed, and only columns that the file has are changed. A file with sku
      and unitsInStock sets counts. Where expectedUnits stands beside it, a count is set only if it
      was edited, and only if the stock has not moved since.
    </Text>
  );
}

type OutcomeProps = {
  readonly report: ImportReportReply | undefined;
  readonly problem: ApiProblem | null;
  readonly isPending: boolean;
  readonly onImport: () => void;
};

/** What the file would do, or what it did. */
function Outcome({ report, problem, isPending, onImport }: OutcomeProps) {
  if (problem !== null) {
    return <FailureNotice problem={problem} others={problem.errors.map(({ detail }) => detail)} />;
  }
  if (report === undefined) {
    return (
      <Text role="status" size="sm" c="dimmed">
        {isPending ? "Reading the file…" : ""}
      </Text>
    );
  }
  if (!report.dryRun) return <Done report={report} />;
  if (report.faults.length > 0) {
    return (
      <Stack gap="md">
        <Alert
          color="red"
          role="alert"
          title={`${count(report.faults.length, "thing is", "things are")} wrong with the file`}
        >
          Nothing is imported. Correct the file, then choose it again.
        </Alert>
        <FaultTable faults={report.faults} />
      </Stack>
    );
  }
  if (report.products.length === 0) {
    return (
      <Empty
        title="Nothing would change"
        text={`The file says of ${count(report.unchanged, "product")} what is so already.`}
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
        <Button leftSection={<IconUpload size={16} />} onClick={onImport} loading={isPending}>
          Import {count(report.products.length, "product")}
        </Button>
      </Group>
      <DifferenceTable products={report.products} />
    </Stack>
  );
}

function summary({ created, updated, unchanged }: ImportReportReply): string {
  const kept = unchanged === 0 ? "" : `; ${unchanged} stay as they are`;
  return `${created} to create, ${updated} to change${kept}`;
}

function Done({ report }: { report: ImportReportReply }) {
  const refused = report.products.filter(({ refusal }) => refusal !== null);
  return (
    <Alert
      color={refused.length === 0 ? "teal" : "orange"}
      role="status"
      title={`${count(report.created, "product")} created, ${report.updated} changed`}
    >
      <Stack gap="sm" align="flex-start">
        {refused.length > 0 && (
          <>
            <Text size="sm">These were refused, because they changed in between:</Text>
            <List size="sm">
              {refused.map(({ sku, refusal }) => (
                <List.Item key={sku}>
                  {sku}: {refusal}
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
