// The page of one product: its counts, its form, and a link to its stock history.

import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { IconChartLine, IconTrash } from "@tabler/icons-react";
import { Link, useNavigate, useParams } from "react-router";
import { confirm } from "../forms/confirm.tsx";
import { notifyDone, notifyFailed } from "../forms/notify.tsx";
import { toProblem } from "../http/api-problem.ts";
import { send } from "../http/request.ts";
import { OnTheWay } from "../receiving/on-the-way.tsx";
import { FoundByName, NamedWithSlashes } from "../search/found-by-name.tsx";
import { useMay } from "../session/session.ts";
import { Loaded } from "../shell/loaded.tsx";
import { Page } from "../shell/page.tsx";
import { names } from "../words/en/products/names.ts";
import { productPage as text } from "../words/en/products/page.ts";
import { shared } from "../words/en/shared.ts";
import { ProductForm } from "./product-form.tsx";
import { ProductHead } from "./product-head.tsx";
import { historyAddress, type Product, productPath, productQuery } from "./product-queries.ts";
import { ProductSummary } from "./product-summary.tsx";
import { StockStates } from "./stock-states.tsx";
import { WatchButton } from "./watch-button.tsx";

/** The page. People who may not edit products see it as text. */
export function ProductPage() {
  const { sku = "" } = useParams();
  const query = useQuery(productQuery(sku));
  const may = useMay();
  const hasHead = ({ trackInventory }: Product): boolean => trackInventory && may("stock:read");
  const client = useQueryClient();
  const onSaved = (saved: Product): void => {
    client.setQueryData(productQuery(sku).queryKey, saved);
    for (const queryKey of [["products", "list"], ["stock"], ["alerts"]]) {
      void client.invalidateQueries({ queryKey });
    }
    notifyDone(text.saved(saved.name));
  };
  // The SKU may be a variant's, or written in another case.
  if (query.data === undefined && query.error !== null && toProblem(query.error).status === 404) {
    return <FoundByName name={sku} kinds="product,variant" />;
  }
  return (
    <Page
      title={query.data?.name ?? sku}
      back={{ to: "/products", label: names.products }}
      actions={query.data !== undefined && <Actions product={query.data} />}
    >
      {query.data !== undefined && !hasHead(query.data) && <OnTheWay product={query.data} />}
      <Loaded query={query}>
        {(product) => (
          <>
            {hasHead(product) ? (
              <ProductHead product={product} />
            ) : (
              <StockStates product={product} />
            )}
            {may("catalogue:write") ? (
              <ProductForm
                key={product.sku}
                product={product}
                onSaved={onSaved}
                onOutdated={() => void query.refetch()}
              />
            ) : (
              <ProductSummary product={product} />
            )}
          </>
        )}
      </Loaded>
    </Page>
  );
}

/** The page at an address that has a SKU with slashes. */
export const ProductWithSlashes = () => <NamedWithSlashes below="/products" />;

function Actions({ product }: { product: Product }) {
  const may = useMay();
  return (
    <>
      {product.trackInventory && <WatchButton product={product} />}
      {product.trackInventory && may("stock:read") && (
        <Button
          component={Link}
          to={historyAddress(product.sku)}
          variant="default"
          leftSection={<IconChartLine size={16} />}
        >
          {text.history}
        </Button>
      )}
      {may("catalogue:write") && <DeleteButton product={product} />}
    </>
  );
}

function DeleteButton({ product }: { product: Product }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const { sku, name, version } = product;
  const { mutate, isPending } = useMutation({
    mutationFn: () => send({ method: "DELETE", path: productPath(sku), version }),
    onSuccess: async () => {
      notifyDone(text.delete.done(name));
      await navigate("/products");
      client.removeQueries({ queryKey: productQuery(sku).queryKey });
      await client.invalidateQueries({ queryKey: ["products", "list"] });
    },
    onError: async (error) => {
      notifyFailed(error);
      await client.invalidateQueries({ queryKey: productQuery(sku).queryKey });
    },
  });
  const ask = (): void =>
    confirm({
      title: text.delete.title(name),
      text: text.delete.text,
      verb: shared.delete,
      onYes: () => mutate(),
    });
  return (
    <Button
      variant="default"
      leftSection={<IconTrash size={16} />}
      onClick={ask}
      loading={isPending}
    >
      {shared.delete}
    </Button>
  );
}
