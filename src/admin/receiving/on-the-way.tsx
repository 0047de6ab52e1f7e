// What is on its way of a product and its variants, above the product's form.

import { Alert, Anchor, List } from "@mantine/core";
import { IconTruckDelivery } from "@tabler/icons-react";
import { Link } from "react-router";
import type { ProductReply } from "../../contract/products.ts";
import { useMay } from "../session/session.ts";
import { incomingWords } from "./receiving-queries.ts";

/** The notice; nothing if nothing is on its way. */
export function OnTheWay({ product }: { product: ProductReply }) {
  const may = useMay();
  const { incoming, variants } = product;
  const all = [{ sku: product.sku, label: "", incoming }].concat(
    variants.map((variant) => ({
      sku: variant.sku,
      label: `${variant.name}: `,
      incoming: variant.incoming,
    })),
  );
  const rows = all.flatMap(({ sku, label, incoming: units }) => {
    const words = incomingWords(units);
    return words === null ? [] : [{ sku, text: `${label}${words}` }];
  });
  if (rows.length === 0) return null;
  return (
    <Alert color="blue" icon={<IconTruckDelivery />}>
      <List size="sm">
        {rows.map(({ sku, text }) => (
          <List.Item key={sku}>{text}</List.Item>
        ))}
      </List>
      {may("stock:read") && (
        <Anchor component={Link} to="/receiving" size="sm">
          Show the deliveries
        </Anchor>
      )}
    </Alert>
  );
}
