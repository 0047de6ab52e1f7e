// What is on its way of a product and its variants, above the product's form.

import { Alert, List } from "@mantine/core";
import { IconTruckDelivery } from "@tabler/icons-react";
import type { ProductReply } from "../../contract/products.ts";
import { NoticeLink } from "../parts/notice-link.tsx";
import { useMay } from "../session/session.ts";
import { incoming as text } from "../words/en/incoming.ts";
import { incomingWords } from "./receiving-queries.ts";

/** The notice; nothing if nothing is on its way. */
export function OnTheWay({ product }: { product: ProductReply }) {
  const may = useMay();
  const { incoming, variants } = product;
  const whole = incomingWords(incoming);
  const rows = [
    ...(whole === null ? [] : [{ sku: product.sku, words: whole }]),
    ...variants.flatMap((variant) => {
      const words = incomingWords(variant.incoming);
      return words === null
        ? []
        : [{ sku: variant.sku, words: text.ofVariant(variant.name, words) }];
    }),
  ];
  if (rows.length === 0) return null;
  return (
    <Alert color="blue" icon={<IconTruckDelivery />}>
      <List size="sm">
        {rows.map(({ sku, words }) => (
          <List.Item key={sku}>{words}</List.Item>
        ))}
      </List>
      {may("stock:read") && <NoticeLink to="/receiving">{text.showDeliveries}</NoticeLink>}
    </Alert>
  );
}
