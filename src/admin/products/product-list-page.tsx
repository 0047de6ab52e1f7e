// The list of products. Search, filter and sort are in the URL; counts can be adjusted in the list.

import { Anchor, Badge, Button, Group, Stack, Text } from "@mantine/core";
import { IconPlus, IconUpload } from "@tabler/icons-react";
import { useState } from "react";
import { Link } from "react-router";
import { type Column, DataTable } from "../lists/data-table.tsx";
import { ExportButton } from "../lists/export-button.tsx";
import { FilterTabs } from "../lists/filter-tabs.tsx";
import { type Emptiness, ListBody } from "../lists/list-body.tsx";
import { SearchField } from "../lists/search-field.tsx";
import { useAddress } from "../lists/use-address.ts";
import { usePages } from "../lists/use-pages.ts";
import { type Selection, useSelection } from "../lists/use-selection.ts";
import { createPart } from "../parts/create-part.tsx";
import { useMay } from "../session/session.ts";
import { Page } from "../shell/page.tsx";
import { productList as text } from "../words/en/products/list.ts";
import { names } from "../words/en/products/names.ts";
import { type Product, productAddress } from "./product-queries.ts";
import { StockCell } from "./stock-cell.tsx";
import { isHidden } from "./stock-holders.ts";
import { ThresholdCell } from "./threshold-cell.tsx";
import { productSchema } from "../../contract/products.ts";

const statuses = [
  { value: "", label: text.statuses.all },
  { value: "low", label: text.statuses.low },
  { value: "out", label: text.statuses.out },
  { value: "hidden", label: text.statuses.hidden },
  { value: "untracked", label: text.statuses.untracked },
  { value: "pre-order", label: text.statuses.preOrder },
  { value: "disabled", label: text.statuses.disabled },
];

const columns: readonly Column<Product>[] = [
  {
    header: names.product,
    sort: "name",
    isLong: true,
    cell: (product) => <Name product={product} />,
  },
  { header: names.sku, sort: "sku", isLong: true, cell: ({ sku }) => sku },
  {
    header: text.columns.threshold,
    align: "right",
    cell: (product) => <ThresholdCell product={product} />,
    phone: "hidden",
  },
  {
    header: text.columns.units,
    sort: "unitsInStock",
    align: "right",
    cell: (product) => <StockCell product={product} />,
  },
];

/** The page. */
export function ProductListPage() {
  const may = useMay();
  const [filters, change] = useAddress({ q: "", status: "", sort: "name" });
  const pages = usePages({
    key: "products",
    path: "/products",
    entry: productSchema,
    query: filters,
    refreshMs: 30_000,
  });
  const isFiltered = filters.q !== "" || filters.status !== "";
  return (
    <Page
      title={names.products}
      actions={<Actions filters={filters} mayWrite={may("catalogue:write")} />}
    >
      <Stack gap="sm">
        <SearchField label={text.search} value={filters.q} onSearch={(q) => change({ q })} />
        <FilterTabs
          label={text.show}
          choices={statuses}
          value={filters.status}
          onChoose={(status) => change({ status })}
        />
      </Stack>
      <ListBody
        pages={pages}
        empty={isFiltered ? noMatch(change) : noProducts(may("catalogue:write"))}
      >
        {(products, isOutdated) => (
          <ProductTable
            products={products}
            sort={filters.sort}
            onSort={(sort) => change({ sort })}
            isOutdated={isOutdated}
          />
        )}
      </ListBody>
    </Page>
  );
}

/** Loaded when the first product is chosen. */
const ProductActions = createPart<{ readonly selection: Selection<Product> }>(
  async () => (await import("./many/product-actions.tsx")).ProductActions,
  { what: text.actions, whileLoading: null },
);

type ProductTableProps = {
  readonly products: readonly Product[];
  readonly sort: string;
  readonly onSort: (sort: string) => void;
  readonly isOutdated: boolean;
};

function ProductTable({ products, ...table }: ProductTableProps) {
  const may = useMay();
  const selection = useSelection({
    rows: products,
    keyOf: ({ sku }) => sku,
    nameOf: ({ name }) => name,
  });
  // The actions stay once they are there, because they tell how the last one went.
  const [wasChosen, setWasChosen] = useState(false);
  if (!wasChosen && selection.chosen.length > 0) setWasChosen(true);
  const mayAct = may("catalogue:write") || may("stock:write");
  return (
    <Stack gap="md">
      <DataTable
        label={names.products}
        columns={columns}
        rows={products}
        keyOf={({ sku }) => sku}
        selection={mayAct ? selection : undefined}
        {...table}
      />
      {wasChosen && <ProductActions selection={selection} />}
    </Stack>
  );
}

type ActionsProps = {
  readonly filters: { readonly q: string; readonly status: string };
  readonly mayWrite: boolean;
};

function Actions({ filters: { q, status }, mayWrite }: ActionsProps) {
  return (
    <>
      <ExportButton path="/product-export" query={{ q, status }} />
      {mayWrite && (
        <>
          <Button
            component={Link}
            to="/product-import"
            variant="default"
            leftSection={<IconUpload size={16} />}
          >
            {text.import}
          </Button>
          <Button component={Link} to="/new-product" leftSection={<IconPlus size={16} />}>
            {names.newProduct}
          </Button>
        </>
      )}
    </>
  );
}

function Name({ product }: { product: Product }) {
  const {
    sku,
    name,
    variants,
    enabled,
    allowPreOrder = false,
    allowNegativeStock = false,
  } = product;
  return (
    <Group gap={6}>
      <Anchor component={Link} to={productAddress(sku)} fw={600}>
        {name}
      </Anchor>
      {variants.length > 0 && (
        <Text size="xs" c="dimmed" component="span">
          {text.variants(variants.length)}
        </Text>
      )}
      {!enabled && <Flag color="gray">{text.flags.disabled}</Flag>}
      {isHidden(product) && <Flag color="gray">{text.flags.hidden}</Flag>}
      {allowPreOrder && <Flag color="tally">{text.flags.preOrder}</Flag>}
      {allowNegativeStock && <Flag color="tally">{text.flags.belowZero}</Flag>}
    </Group>
  );
}

function Flag({ color, children }: { color: string; children: string }) {
  return (
    <Badge size="sm" variant="outline" color={color}>
      {children}
    </Badge>
  );
}

function noMatch(change: (filters: { q: string; status: string }) => void): Emptiness {
  return {
    title: text.noMatch.title,
    text: text.noMatch.text,
    action: (
      <Button variant="default" onClick={() => change({ q: "", status: "" })}>
        {text.noMatch.showAll}
      </Button>
    ),
  };
}

function noProducts(mayWrite: boolean): Emptiness {
  if (!mayWrite) {
    return {
      title: text.none.title,
      text: text.none.ask,
    };
  }
  return {
    title: text.none.title,
    text: text.none.add,
    action: (
      <>
        <Button component={Link} to="/new-product">
          {names.newProduct}
        </Button>
        <Button component={Link} to="/product-import" variant="default">
          {text.none.import}
        </Button>
      </>
    ),
  };
}
