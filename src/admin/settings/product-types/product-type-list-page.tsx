// The list of product types.

import { Anchor, Button, Code, Group, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { IconCheck, IconMinus, IconPlus } from "@tabler/icons-react";
import { Link } from "react-router";
import { type Column, DataTable } from "../../lists/data-table.tsx";
import { useMay } from "../../session/session.ts";
import { Loaded } from "../../shell/loaded.tsx";
import { Page } from "../../shell/page.tsx";
import { Time } from "../../words/time.tsx";
import { type ProductType, productTypesQuery } from "./product-type-queries.ts";

/** The list. */
export function ProductTypeListPage() {
  const may = useMay();
  const query = useQuery(productTypesQuery);
  return (
    <Page
      title="Product types"
      intro="Every product has a type. The type decides whether it can track stock and have variants."
      actions={
        may("catalogue:write") && (
          <Button
            component={Link}
            to="/settings/new-product-type"
            leftSection={<IconPlus size={18} />}
          >
            New product type
          </Button>
        )
      }
    >
      <Loaded query={query}>
        {(types) => (
          <DataTable
            label="Product types"
            columns={columns}
            rows={types}
            keyOf={({ code }) => code}
          />
        )}
      </Loaded>
    </Page>
  );
}

const columns: Column<ProductType>[] = [
  {
    header: "Name",
    cell: ({ code, name }) => (
      <Anchor component={Link} to={code} fw={600}>
        {name}
      </Anchor>
    ),
  },
  { header: "Code", cell: ({ code }) => <Code>{code}</Code> },
  { header: "Inventory", cell: ({ hasInventory }) => <YesOrNo holds={hasInventory} /> },
  { header: "Variants", cell: ({ hasVariants }) => <YesOrNo holds={hasVariants} /> },
  { header: "Changed", cell: ({ updatedAt }) => <Time at={updatedAt} />, phone: "hidden" },
];

function YesOrNo({ holds }: { holds: boolean }) {
  return holds ? (
    <Group gap={4} component="span" wrap="nowrap" w="fit-content">
      <IconCheck size={16} aria-hidden color="var(--mantine-color-teal-filled)" />
      Yes
    </Group>
  ) : (
    <Group gap={4} component="span" wrap="nowrap" w="fit-content">
      <IconMinus size={16} aria-hidden />
      <Text component="span" inherit c="dimmed">
        No
      </Text>
    </Group>
  );
}
