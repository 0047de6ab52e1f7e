// The pages of a product type and of a new one.

import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { IconTrash } from "@tabler/icons-react";
import { useParams } from "react-router";
import { FailureNotice } from "../../forms/failure-notice.tsx";
import { segment } from "../../http/request.ts";
import { useMay } from "../../session/session.ts";
import { Loaded } from "../../shell/loaded.tsx";
import { Page } from "../../shell/page.tsx";
import { shared } from "../../words/en/shared.ts";
import { productTypes } from "../../words/en/settings/product-types.ts";
import { useRemoval } from "../use-removal.ts";
import { ProductTypeForm } from "./product-type-form.tsx";
import { productTypeQuery } from "./product-type-queries.ts";

const text = productTypes.page;
const list = "/settings/product-types";
const back = { to: list, label: text.back };

/** The page of a stored type. */
export function ProductTypePage() {
  const { code = "" } = useParams();
  const may = useMay();
  const query = useQuery(productTypeQuery(code));
  const removal = useRemoval(list, ["product-types"]);
  const type = query.data;
  const remove = type !== undefined && may("catalogue:write") && (
    <Button
      variant="default"
      leftSection={<IconTrash size={16} />}
      loading={removal.isRemoving}
      onClick={() =>
        removal.ask({
          path: `/product-types/${segment(code)}`,
          version: type.version,
          words: text.removal(type.name),
        })
      }
    >
      {shared.delete}
    </Button>
  );
  return (
    <Page title={type?.name ?? text.title} back={back} actions={remove}>
      {removal.problem !== null && <FailureNotice problem={removal.problem} />}
      <Loaded query={query}>{(data) => <ProductTypeForm key={code} type={data} />}</Loaded>
    </Page>
  );
}

/** The page of a new type. */
export function NewProductTypePage() {
  return (
    <Page title={text.newTitle} back={back}>
      <ProductTypeForm type={null} />
    </Page>
  );
}
