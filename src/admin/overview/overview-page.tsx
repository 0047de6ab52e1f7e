// What may need action now, and how busy the store is. It updates automatically.

import { SimpleGrid, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { OverviewReply } from "../../contract/reports.ts";
import { createPart } from "../parts/create-part.tsx";
import { useMay } from "../session/session.ts";
import { GreyLines, Loaded } from "../shell/loaded.tsx";
import { Page } from "../shell/page.tsx";
import { KeptMailsNotice } from "../settings/mails/kept-mails-notice.tsx";
import { MailTrouble } from "../settings/mails/mail-trouble.tsx";
import { Time } from "../words/time.tsx";
import { overview as text } from "../words/en/overview.tsx";
import classes from "./overview.module.css";
import { OverviewCards } from "./overview-cards.tsx";
import { overviewQuery } from "./overview-query.ts";
import { QueueTable } from "./queue-table.tsx";

const WorkList = createPart(async () => (await import("./work-list.tsx")).WorkList, {
  what: text.parts.work,
  whileLoading: <GreyLines />,
});

const HourChart = createPart(async () => (await import("./hour-chart.tsx")).HourChart, {
  what: text.parts.chart,
  whileLoading: <GreyLines />,
});

/** The page. */
export function OverviewPage() {
  const query = useQuery(overviewQuery);
  return (
    <Page title={text.title}>
      <Loaded query={query} whileLoading={<GreyLines lines={10} />}>
        {(data) => <Overview data={data} />}
      </Loaded>
    </Page>
  );
}

function Overview({ data }: { data: OverviewReply }) {
  const may = useMay();
  return (
    <>
      <KeptMailsNotice />
      {may("mails:read") && <MailTrouble mails={data.mails} />}
      <OverviewCards data={data} />
      <WorkList />
      <section aria-labelledby="hours">
        <Title order={2} size="h4" id="hours" mb="sm">
          {text.hours.title}
        </Title>
        <SimpleGrid cols={{ base: 1, md: 2 }}>
          <figure className={classes["frame"]} aria-label={ordersLabel(data)}>
            <figcaption className={classes["caption"]}>{text.hours.orders}</figcaption>
            <HourChart hours={data.hours} of="orders" />
          </figure>
          <figure className={classes["frame"]} aria-label={unitsLabel(data)}>
            <figcaption className={classes["caption"]}>{text.hours.units}</figcaption>
            <HourChart hours={data.hours} of="units" />
          </figure>
        </SimpleGrid>
      </section>
      <Stack gap="sm">
        <QueueTable queues={data.queues} />
        <Text size="sm" c="dimmed">
          {text.asOf(<Time at={data.at} />)}
        </Text>
      </Stack>
    </>
  );
}

function ordersLabel({ hours }: OverviewReply): string {
  const orders = hours.reduce((sum, hour) => sum + hour.orders, 0);
  const rejected = hours.reduce((sum, hour) => sum + hour.rejected, 0);
  return text.hours.ordersSum(orders, rejected);
}

function unitsLabel({ hours }: OverviewReply): string {
  return text.hours.unitsSum(hours.reduce((sum, hour) => sum + hour.units, 0));
}
