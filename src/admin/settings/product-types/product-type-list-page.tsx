// The list of product types.

import { Anchor, Button, Code, Group, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { IconCheck, IconMinus, IconPlus } from "@tabler/icons-react";
import { Link } from "react-router";
import { type Column, DataTable } from "../../lists/data-table.tsx";
import { useMay } from "../../session/session.ts";
import { Loaded } from "../../shell/loaded.tsx";
import { Page } from "../../shell/page.tsx";
import { productTypes } from "../../words/en/settings/product-types.ts";
import { Time } from "../../words/time.tsx";
import { type ProductType, productTypesQuery } from "./product-type-queries.ts";

const text = productTypes.list;

/** The list. */
export function ProductTypeListPage() {
  const may = useMay();
  const query = useQuery(productTypesQuery);
  return (
    <Page
      title={text.title}
      intro={text.intro}
      actions={
        may("catalogue:write") && (
          <Button
            component={Link}
            to="/settings/new-product-type"
            leftSection={<IconPlus size={18} />}
          >
            {text.create}
          </Button>
        )
      }
    >
      <Loaded query={query}>
        {(types) => (
          <DataTable label={text.title} columns={columns} rows={types} keyOf={({ code }) => code} />
        )}
      </Loaded>
    </Page>
  );
}

const columns: Column<ProductType>[] = [
  {
    header: text.columns.name,
    cell: ({ code, name }) => (
      <Anchor component={Link} to={code} fw={600}>
        {name}
      </Anchor>
    ),
  },
  { header: text.columns.code, cell: ({ code }) => <Code>{code}</Code> },
  { header: text.columns.inventory, cell: ({ hasInventory }) => <YesOrNo holds={hasInventory} /> },
  { header: text.columns.variants, cell: ({ hasVariants }) => <YesOrNo holds={hasVariants} /> },
  {
    header: text.columns.changed,
    cell: ({ updatedAt }) => <Time at={updatedAt} />,
    phone: "hidden",
  },
];

function YesOrNo({ holds }: { holds: boolean }) {
  return holds ? (
    <Group gap={4} component="span" wrap="nowrap" w="fit-content">
      <IconCheck size={16} aria-hidden color="var(--mantine-color-teal-filled)" />
      {text.yes}
    </Group>
  ) : (
    <Group gap={4} component="span" wrap="nowrap" w="fit-content">
      <IconMinus size={16} aria-hidden />
      <Text component="span" inherit c="dimmed">
        {text.no}
      </Text>
    </Group>
  );
}
