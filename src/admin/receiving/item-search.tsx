// A search for an item whose units can be received: a product, or one of its variants.

import { Loader, Select } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, queryOptions, useQuery } from "@tanstack/react-query";
import { IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import * as z from "zod";
import { productSchema, type ProductReply } from "../../contract/products.ts";
import { read } from "../http/request.ts";
import { arrival } from "../words/en/receiving/arrival.tsx";

const text = arrival.items;

/** An item that was found. */
export type FoundItem = { readonly sku: string; readonly name: string };

const pauseMs = 200;
/** Products that are searched at once, and items that are shown. */
const productsMax = 20;
const itemsMax = 50;

type ItemSearchProps = {
  /** SKUs that the form has already. */
  readonly taken: ReadonlySet<string>;
  readonly onAdd: (item: FoundItem) => void;
};

/** The search. */
export function ItemSearch({ taken, onAdd }: ItemSearchProps) {
  const [typed, setTyped] = useState("");
  const [q] = useDebouncedValue(typed.trim(), pauseMs);
  const { data, isFetching } = useQuery({
    ...foundItemsQuery(q),
    placeholderData: keepPreviousData,
  });
  const found = (data ?? []).filter(({ sku }) => !taken.has(sku)).slice(0, itemsMax);
  return (
    <Select
      label={text.add}
      placeholder={text.addHint}
      leftSection={<IconPlus size={16} aria-hidden />}
      {...(isFetching ? { rightSection: <Loader size="xs" /> } : {})}
      maw="26rem"
      searchable
      searchValue={typed}
      onSearchChange={setTyped}
      value={null}
      // The API has already searched SKUs and names.
      filter={({ options }) => options}
      data={found.map(({ sku, name }) => ({ value: sku, label: `${name} (${sku})` }))}
      nothingFoundMessage={isFetching ? text.searching : text.notFound}
      onChange={(sku) => {
        const chosen = found.find((one) => one.sku === sku);
        if (chosen === undefined) return;
        onAdd(chosen);
        setTyped("");
      }}
    />
  );
}

function foundItemsQuery(q: string) {
  return queryOptions({
    queryKey: ["products", "items", q],
    queryFn: async ({ signal }) => {
      const page = z.object({ data: z.array(productSchema) });
      const { data } = await read("/products", page, { query: { q, limit: productsMax }, signal });
      return data.flatMap(itemsOf);
    },
  });
}

/** The items of a product whose units can be received: none if its stock is not tracked. */
export function itemsOf(product: ProductReply): readonly FoundItem[] {
  const { sku, name, trackInventory, variants } = product;
  if (!trackInventory) return [];
  if (variants.length === 0) return [{ sku, name }];
  return variants.map((variant) => ({ sku: variant.sku, name: `${name} – ${variant.name}` }));
}
