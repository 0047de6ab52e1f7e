// A product as text, for people who may see it but not edit it.

import { DataList, Group } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Section } from "../forms/section.tsx";
import { type Column, DataTable } from "../lists/data-table.tsx";
import { labels, names } from "../words/en/products/names.ts";
import { productPage } from "../words/en/products/page.ts";
import { number } from "../words/numbers.ts";
import { type Product, productTypesQuery } from "./product-queries.ts";
import { StockBadge } from "./stock-badge.tsx";
import { type Holder, holdersOf } from "./stock-holders.ts";

const text = productPage.summary;

type Variant = Product["variants"][number];

const yesNo = (value: boolean | undefined): string => (value === true ? text.yes : text.no);
const orNone = (value: number | null | undefined): string =>
  typeof value === "number" ? number(value) : text.none;
const orStores = (value: number | null | undefined): string =>
  typeof value === "number" ? number(value) : text.theStores;
const orProducts = (value: number | null | undefined): string =>
  typeof value === "number" ? number(value) : text.theProducts;

/** The product. Stock is shown only if it is tracked. */
export function ProductSummary({ product }: { product: Product }) {
  const { trackInventory, variants } = product;
  const { data: types } = useQuery(productTypesQuery);
  const type = types?.find(({ code }) => code === product.type);
  const holders = holdersOf(product);
  const [own] = holders;
  const columns: Column<Variant>[] = [
    { header: names.variant, cell: ({ name }) => name },
    { header: names.sku, cell: ({ sku }) => sku },
    ...(trackInventory ? stockColumns(holders) : []),
    { header: labels.enabled, cell: ({ enabled }) => yesNo(enabled) },
  ];
  return (
    <>
      <Section title={names.product}>
        <DataList labelWidth="min(12rem, 40vw)">
          <Item label={names.sku}>{product.sku}</Item>
          <Item label={labels.type}>{type?.name ?? product.type}</Item>
          <Item label={labels.enabled}>{yesNo(product.enabled)}</Item>
          <Item label={labels.trackInventory}>{yesNo(trackInventory)}</Item>
          {trackInventory && (
            <>
              <Item label={labels.unitsInStock}>
                <Group gap="xs">
                  {orNone(product.unitsInStock)}
                  {own?.sku === product.sku && <StockBadge holder={own} />}
                </Group>
              </Item>
              <Item label={labels.stockAlertThreshold}>{orNone(product.stockAlertThreshold)}</Item>
              <Item label={labels.outOfStockThreshold}>{orNone(product.outOfStockThreshold)}</Item>
              <Item label={labels.leadDays}>{orStores(product.leadDays)}</Item>
              <Item label={labels.packSize}>{number(product.packSize ?? 1)}</Item>
              <Item label={labels.hideIfOutOfStock}>{yesNo(product.hideIfOutOfStock)}</Item>
              <Item label={labels.allowPreOrder}>{yesNo(product.allowPreOrder)}</Item>
              <Item label={labels.allowNegativeStock}>{yesNo(product.allowNegativeStock)}</Item>
            </>
          )}
        </DataList>
      </Section>
      {variants.length > 0 && (
        <DataTable
          label={names.variants}
          columns={columns}
          rows={variants}
          keyOf={({ sku }) => sku}
        />
      )}
    </>
  );
}

const stockColumns = (holders: readonly Holder[]): readonly Column<Variant>[] => [
  {
    header: labels.unitsInStock,
    align: "right",
    cell: (variant) => {
      const holder = holders.find(({ sku }) => sku === variant.sku);
      return (
        <Group gap="xs" justify="flex-end">
          {holder !== undefined && <StockBadge holder={holder} />}
          {orProducts(variant.unitsInStock)}
        </Group>
      );
    },
  },
  {
    header: labels.stockAlertThreshold,
    align: "right",
    cell: ({ stockAlertThreshold }) => orProducts(stockAlertThreshold),
  },
  {
    header: labels.outOfStockThreshold,
    align: "right",
    cell: ({ outOfStockThreshold }) => orProducts(outOfStockThreshold),
  },
];

function Item({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <DataList.Item>
      <DataList.ItemLabel>{label}</DataList.ItemLabel>
      <DataList.ItemValue>{children}</DataList.ItemValue>
    </DataList.Item>
  );
}
