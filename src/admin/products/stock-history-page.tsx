// The stock history of a product: a chart with the threshold, and the ledger.

import { Group, NativeSelect, SegmentedControl } from "@mantine/core";
import { queryOptions, useQuery } from "@tanstack/react-query";
import { useParams } from "react-router";
import { stockHistorySchema } from "../../contract/reports.ts";
import { read, segment } from "../http/request.ts";
import { ExportButton } from "../lists/export-button.tsx";
import { Empty } from "../lists/list-body.tsx";
import { useAddress } from "../lists/use-address.ts";
import { createPart } from "../parts/create-part.tsx";
import { useMay } from "../session/session.ts";
import { GreyLines, Loaded } from "../shell/loaded.tsx";
import { Page } from "../shell/page.tsx";
import { stockHistory as text } from "../words/en/products/history.tsx";
import { AdjustStock } from "./adjust-stock.tsx";
import { Ledger } from "./ledger.tsx";
import { type Product, productAddress, productQuery } from "./product-queries.ts";
import { StockBadge } from "./stock-badge.tsx";
import { type Holder, holdersOf } from "./stock-holders.ts";
import classes from "./products.module.css";

const StockChart = createPart(async () => (await import("./stock-chart.tsx")).StockChart, {
  what: text.chart.what,
  whileLoading: <GreyLines lines={8} />,
});

const periods = [1, 7, 30, 90].map((days) => ({ value: String(days), label: text.days(days) }));

/** The page. The chosen count and period are in the URL. */
export function StockHistoryPage() {
  const { sku = "" } = useParams();
  const query = useQuery(productQuery(sku));
  return (
    <Page title={text.title} back={{ to: productAddress(sku), label: query.data?.name ?? sku }}>
      <Loaded query={query}>{(product) => <History product={product} />}</Loaded>
    </Page>
  );
}

function History({ product }: { product: Product }) {
  const [{ item, days }, change] = useAddress({ item: "", days: "30" });
  const may = useMay();
  const holders = holdersOf(product);
  const holder = holders.find(({ sku }) => sku === item) ?? holders[0];
  if (holder === undefined) {
    return <Empty {...text.untracked} />;
  }
  return (
    <>
      <Group justify="space-between" align="flex-end">
        <Group gap="xs" align="flex-end">
          {holders.length > 1 && (
            <NativeSelect
              label={text.stockOf}
              value={holder.sku}
              onChange={(event) => change({ item: event.currentTarget.value })}
              data={holders.map((one) => ({ value: one.sku, label: holderWords(one, product) }))}
            />
          )}
          <Group gap={6} h={36}>
            <b>{text.unitsNow(holder.units)}</b>
            <StockBadge holder={holder} />
            {may("stock:write") && <AdjustStock sku={holder.sku} units={holder.units} />}
          </Group>
        </Group>
        <SegmentedControl
          size="xs"
          data={periods}
          value={days}
          onChange={(next) => change({ days: next })}
          aria-label={text.period}
        />
      </Group>
      <HistoryChart sku={holder.sku} days={days} />
      <Group justify="flex-end">
        <ExportButton path="/movement-export" query={{ sku: holder.sku }} />
      </Group>
      <Ledger sku={holder.sku} />
    </>
  );
}

function historyQuery(sku: string, days: string) {
  return queryOptions({
    queryKey: ["stock", "history", sku, days],
    queryFn: ({ signal }) =>
      read(`/stock/${segment(sku)}/history`, stockHistorySchema, { query: { days }, signal }),
    refetchInterval: 30_000,
  });
}

function HistoryChart({ sku, days }: { sku: string; days: string }) {
  const query = useQuery(historyQuery(sku, days));
  return (
    <Loaded query={query} whileLoading={<GreyLines lines={8} />}>
      {(history) => (
        <figure className={classes["chartFrame"]} aria-label={text.chart.label(sku, days)}>
          <StockChart history={history} now={query.dataUpdatedAt} />
        </figure>
      )}
    </Loaded>
  );
}

function holderWords(holder: Holder, product: Product): string {
  return holder.sku === product.sku ? `${product.name} (${holder.label})` : holder.label;
}
