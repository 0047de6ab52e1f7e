// The page of a new product, with an empty form.

import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "react-router";
import { notifyDone } from "../forms/notify.tsx";
import { Page } from "../shell/page.tsx";
import { productForm } from "../words/en/products/form.ts";
import { names } from "../words/en/products/names.ts";
import { ProductForm } from "./product-form.tsx";
import { type Product, productAddress, productQuery } from "./product-queries.ts";

/** The page. */
export function NewProductPage() {
  const client = useQueryClient();
  const navigate = useNavigate();
  const onSaved = (saved: Product): void => {
    client.setQueryData(productQuery(saved.sku).queryKey, saved);
    void client.invalidateQueries({ queryKey: ["products", "list"] });
    notifyDone(productForm.created(saved.name));
    void navigate(productAddress(saved.sku), { replace: true });
  };
  return (
    <Page title={names.newProduct} back={{ to: "/products", label: names.products }}>
      <ProductForm product={null} onSaved={onSaved} onOutdated={() => undefined} />
    </Page>
  );
}
