// The head of a product's page: each of its counts with what is promised, on its way and sold, when it runs out, and what
// can be done about it.

import { Anchor, Button, Group, Paper, SimpleGrid, Stack, Text } from "@mantine/core";
import { IconPackageImport } from "@tabler/icons-react";
import { queryOptions, useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Link } from "react-router";
import { outlookSchema, type OutlookReply } from "../../contract/outlook.ts";
import { pageOf } from "../../contract/paging.ts";
import { limitOf, outOfStockAt } from "../../domain/stock/stock-holder.ts";
import { read } from "../http/request.ts";
import { newReceiptAddress } from "../receiving/receiving-queries.ts";
import { useMay } from "../session/session.ts";
import { GreyLines, Loaded } from "../shell/loaded.tsx";
import { productPage } from "../words/en/products/page.ts";
import { number } from "../words/numbers.ts";
import { knownDays, runOutWords } from "../words/run-out-words.ts";
import { day } from "../words/time.tsx";
import { AdjustStock } from "./adjust-stock.tsx";
import { historyAddress, type Product, productPath } from "./product-queries.ts";
import { type Holder, holdersOf } from "./stock-holders.ts";
import { StateLine } from "./stock-states.tsx";

const text = productPage.head;
const figures = productPage.figures;

/** Counts that are shown. A product may have a thousand variants. */
const shownMax = 6;

function outlookQuery(sku: string) {
  return queryOptions({
    queryKey: ["stock", "outlook", sku],
    queryFn: ({ signal }) =>
      read(`${productPath(sku)}/outlook`, pageOf(outlookSchema), {
        query: { limit: shownMax },
        signal,
      }),
    refetchInterval: 60_000,
  });
}

/** The counts of a tracked product. */
export function ProductHead({ product }: { product: Product }) {
  const query = useQuery(outlookQuery(product.sku));
  const holders = holdersOf(product);
  const left = holders.length - shownMax;
  return (
    <Loaded query={query} whileLoading={<GreyLines lines={4} />}>
      {({ data }) => (
        <Stack gap="sm">
          {data.map((outlook) => (
            <Count
              key={outlook.sku}
              product={product}
              outlook={outlook}
              label={holders.find(({ sku }) => sku === outlook.sku)?.label ?? ""}
              isOnly={data.length === 1}
            />
          ))}
          {left > 0 && (
            <Text size="sm" c="dimmed">
              {text.more(left)}
            </Text>
          )}
        </Stack>
      )}
    </Loaded>
  );
}

type CountProps = {
  readonly product: Product;
  readonly outlook: OutlookReply;
  readonly label: string;
  readonly isOnly: boolean;
};

function Count({ product, outlook, label, isOnly }: CountProps) {
  const { sku, openAlert } = outlook;
  const may = useMay();
  return (
    <Paper withBorder p="md" component="section" aria-label={text.stockOf(sku)}>
      <Stack gap="sm">
        <Group justify="space-between" align="flex-start" gap="sm">
          <Stack gap={2}>
            <StateLine holder={toHolder(outlook, label)} />
            {openAlert !== null && (
              <Anchor component={Link} to="/alerts" size="sm">
                {alertWords(openAlert)}
              </Anchor>
            )}
          </Stack>
          <Acts sku={sku} units={outlook.unitsInStock} isOnly={isOnly} />
        </Group>
        <Figures outlook={outlook} mayOrders={may("orders:read")} />
        {outlook.reorder !== null && (
          <Text size="sm">
            <b>{text.reorder(outlook.reorder.units)}</b>{" "}
            <Text span size="sm" c="dimmed">
              {outlook.reorder.why}
            </Text>
          </Text>
        )}
        {!isOnly && (
          <Anchor component={Link} to={historyAddress(product.sku, sku)} size="sm">
            {text.historyOf(sku)}
          </Anchor>
        )}
      </Stack>
    </Paper>
  );
}

function alertWords({ state, openedAt }: NonNullable<OutlookReply["openAlert"]>): string {
  return state === "out" ? text.outSince(day(openedAt)) : text.lowSince(day(openedAt));
}

/** The count as the outlook has it, so that all numbers of a head are of one moment. */
function toHolder(outlook: OutlookReply, label: string): Holder {
  const { sku, unitsInStock, stockAlertThreshold, outOfStockThreshold, heldBack } = outlook;
  const levels = { threshold: stockAlertThreshold, outOfStockThreshold };
  return {
    sku,
    label,
    units: unitsInStock,
    limit: limitOf(levels),
    outOfStockAt: outOfStockAt(levels),
    heldBack,
    state: outlook.stockState,
  };
}

function Acts({ sku, units, isOnly }: { sku: string; units: number; isOnly: boolean }) {
  const may = useMay();
  if (!may("stock:write")) return null;
  return (
    <Group gap="xs">
      <Button
        component={Link}
        to={newReceiptAddress({ sku })}
        variant="default"
        size="xs"
        leftSection={<IconPackageImport size={14} />}
        {...(isOnly ? {} : { "aria-label": text.receiveOne(sku) })}
      >
        {text.receive}
      </Button>
      <AdjustStock sku={sku} units={units} act="set" />
      <AdjustStock sku={sku} units={units} act="take" />
    </Group>
  );
}

function Figures({ outlook, mayOrders }: { outlook: OutlookReply; mayOrders: boolean }) {
  const { unitsInStock, available, heldBack, unitsPreOrdered, incoming, daysInStock } = outlook;
  const runsOut = runOutWords(outlook);
  const known = knownDays(daysInStock);
  return (
    <SimpleGrid component="dl" cols={{ base: 2, xs: 3, md: 6 }} spacing="sm" m={0}>
      <Figure
        label={figures.units}
        value={number(unitsInStock)}
        hint={heldBack > 0 && available !== null ? figures.forSale(available) : ""}
      />
      <Figure
        label={figures.promised}
        value={
          unitsPreOrdered > 0 && mayOrders ? (
            <Anchor component={Link} to="/pre-orders" inherit>
              {number(unitsPreOrdered)}
            </Anchor>
          ) : (
            number(unitsPreOrdered)
          )
        }
      />
      <Figure
        label={figures.onTheWay}
        value={
          incoming === null ? (
            "0"
          ) : (
            <Anchor component={Link} to="/receiving" inherit>
              {number(incoming.units)}
            </Anchor>
          )
        }
        hint={incoming === null ? "" : arrivalWords(incoming.nextAt)}
      />
      <Figure label={figures.soldLast7Days} value={number(outlook.unitsSoldLast7Days)} />
      <Figure
        label={figures.soldLast28Days}
        value={number(outlook.unitsSoldLast28Days)}
        hint={known < 28 ? figures.daysInStock(known) : ""}
      />
      <Figure label={figures.runsOut} value={runsOut.text} hint={runsOut.hint} />
    </SimpleGrid>
  );
}

function arrivalWords(nextAt: string): string {
  const isLate = Date.parse(nextAt) < Date.now();
  return isLate ? figures.late(day(nextAt)) : figures.expected(day(nextAt));
}

function Figure({ label, value, hint = "" }: { label: string; value: ReactNode; hint?: string }) {
  return (
    <div>
      <Text component="dt" size="xs" c="dimmed">
        {label}
      </Text>
      <Text component="dd" m={0} fw={600}>
        {value}
        {hint !== "" && (
          <Text span display="block" size="xs" c="dimmed" fw={400}>
            {hint}
          </Text>
        )}
      </Text>
    </div>
  );
}
