// Watches a product, so that the person is told of its alerts and those of its variants, or ends that.

import { Button } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { IconBell, IconBellOff } from "@tabler/icons-react";
import { notifyDone, notifyFailed } from "../forms/notify.tsx";
import { useSend } from "../forms/use-send.ts";
import { segment, send } from "../http/request.ts";
import { alertMailsQuery, ownAlertMails } from "../session/alert-mails-queries.ts";
import { productPage } from "../words/en/products/page.ts";
import type { Product } from "./product-queries.ts";

const text = productPage.watch;

/** The button, once it is known whether the product is watched. */
export function WatchButton({ product: { sku, name } }: { product: Product }) {
  const client = useQueryClient();
  const query = alertMailsQuery(ownAlertMails);
  const { data } = useQuery(query);
  const isWatching = data?.watching.includes(sku) === true;
  const { run, isSending } = useSend({
    send: (watches: boolean) =>
      send({
        method: watches ? "PUT" : "DELETE",
        path: `${ownAlertMails.path}/watching/${segment(sku)}`,
      }),
    onDone: async (_done, watches) => {
      await client.invalidateQueries({ queryKey: query.queryKey });
      notifyDone(watches ? text.watched(name) : text.stopped(name));
    },
    onRefused: notifyFailed,
  });
  if (data === undefined) return null;
  return (
    <Button
      variant="default"
      leftSection={isWatching ? <IconBellOff size={16} /> : <IconBell size={16} />}
      onClick={() => run(!isWatching)}
      loading={isSending}
    >
      {isWatching ? text.stop : text.watch}
    </Button>
  );
}
