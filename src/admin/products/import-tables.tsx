// The tables of an import: what would change, and the file's errors.

import { Badge, Button, Center, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { ImportReportReply } from "../../contract/product-file.ts";
import { type Column, DataTable } from "../lists/data-table.tsx";
import { productImport } from "../words/en/products/import.tsx";
import { labels, names } from "../words/en/products/names.ts";

const { plan, faulty } = productImport;

type Planned = ImportReportReply["products"][number];
type Fault = ImportReportReply["faults"][number];

/** Rows shown in each step. */
const step = 100;

const fieldLabels: Readonly<Record<string, string>> = { ...labels, options: plan.options };

const planColumns: readonly Column<Planned>[] = [
  {
    header: names.product,
    cell: ({ name, sku }) => (
      <Stack gap={0}>
        <Text fw={600}>{name}</Text>
        <Text size="sm" c="dimmed">
          {sku}
        </Text>
      </Stack>
    ),
  },
  {
    header: plan.action,
    cell: ({ action }) =>
      action === "create" ? (
        <Badge color="teal" variant="light">
          {plan.created}
        </Badge>
      ) : (
        <Badge color="tally" variant="light">
          {plan.changed}
        </Badge>
      ),
  },
  {
    header: plan.differences,
    phone: "plain",
    cell: (product) => <Differences product={product} />,
  },
];

const faultColumns: readonly Column<Fault>[] = [
  { header: faulty.line, cell: ({ line }) => faulty.lineOf(line) },
  { header: faulty.column, cell: ({ column }) => column ?? "–" },
  { header: faulty.fault, phone: "plain", cell: ({ detail }) => detail },
];

/** The products that would change. */
export function DifferenceTable({ products }: { products: readonly Planned[] }) {
  const [shown, setShown] = useState(step);
  return (
    <Stack gap="md">
      <DataTable
        label={plan.table}
        columns={planColumns}
        rows={products.slice(0, shown)}
        keyOf={({ sku }) => sku}
      />
      {products.length > shown && (
        <Center>
          <Button variant="default" onClick={() => setShown(shown + step)}>
            {plan.showMore(products.length)}
          </Button>
        </Center>
      )}
    </Stack>
  );
}

/** The file's errors. */
export function FaultTable({ faults }: { faults: readonly Fault[] }) {
  return (
    <DataTable
      label={faulty.table}
      columns={faultColumns}
      rows={faults}
      keyOf={({ line, column, detail }) => `${line} ${column} ${detail}`}
    />
  );
}

function Differences({ product: { sku, differences } }: { product: Planned }) {
  return (
    <Stack gap={2}>
      {differences.map((difference) => (
        <Group key={`${difference.sku} ${difference.field}`} gap={6}>
          {difference.sku !== sku && (
            <Text size="sm" c="dimmed">
              {difference.sku}
            </Text>
          )}
          <Text size="sm">
            {fieldLabels[difference.field] ?? difference.field}:{" "}
            {difference.from !== null && (
              <>
                <Text span c="dimmed" td="line-through">
                  {difference.from}
                </Text>{" "}
                →{" "}
              </>
            )}
            <b>{difference.to ?? plan.empty}</b>
          </Text>
        </Group>
      ))}
    </Stack>
  );
}
