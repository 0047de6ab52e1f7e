// The numbers that may need action, each with a link to its list.

import { SimpleGrid } from "@mantine/core";
import { Link } from "react-router";
import type { OverviewReply } from "../../contract/reports.ts";
import type { Permission } from "../../domain/access/permissions.ts";
import { useMay } from "../session/session.ts";
import { number } from "../words/numbers.ts";
import { duration } from "../words/time.tsx";
import { overview } from "../words/en/overview.tsx";
import classes from "./overview.module.css";

const text = overview.cards;

type Card = {
  readonly label: string;
  readonly value: number;
  readonly hint: string;
  readonly to: string;
  readonly permission: Permission;
  /** Whether a number above zero is a problem. */
  readonly isWrong?: boolean;
};

/** An order that waits longer than this is not just waiting for the orders before it. */
const waitMaxSeconds = 30;

/** The cards. */
export function OverviewCards({ data }: { data: OverviewReply }) {
  const may = useMay();
  return (
    <SimpleGrid cols={{ base: 2, sm: 3, lg: 6 }} spacing="sm">
      {cardsOf(data).map((card) => (
        <CardLink key={card.label} card={card} isLink={may(card.permission)} />
      ))}
    </SimpleGrid>
  );
}

function CardLink({ card, isLink }: { card: Card; isLink: boolean }) {
  const look = card.value > 0 && card.isWrong === true ? "wrong" : "plain";
  const content = (
    <>
      <div className={classes["label"]}>{card.label}</div>
      <div className={classes["value"]}>{number(card.value)}</div>
      <div className={classes["hint"]}>{card.hint}</div>
    </>
  );
  if (!isLink) {
    return (
      <div className={classes["card"]} data-look={look}>
        {content}
      </div>
    );
  }
  // Bull Board is no page of the app, so it needs a normal link.
  return card.to.startsWith("/admin/") ? (
    <a className={classes["card"]} data-look={look} href={card.to}>
      {content}
    </a>
  ) : (
    <Link className={classes["card"] ?? ""} data-look={look} to={card.to}>
      {content}
    </Link>
  );
}

function cardsOf(data: OverviewReply): Card[] {
  const { alerts, rejectedLastDay, mails, orders, preOrderedUnits } = data;
  return [
    {
      label: text.out,
      value: alerts.out,
      hint: text.outHint(alerts.noneLeft),
      to: "/alerts",
      permission: "alerts:read",
      isWrong: true,
    },
    {
      label: text.low,
      value: alerts.low,
      hint: alerts.untold === 0 ? text.lowHint(alerts.low) : text.lowUntold,
      to: "/alerts",
      permission: "alerts:read",
    },
    {
      label: text.rejected,
      value: rejectedLastDay.orders,
      hint:
        rejectedLastDay.paid === 0
          ? text.rejectedHint(rejectedLastDay.units)
          : text.rejectedPaid(rejectedLastDay.paid),
      to: "/orders?status=rejected",
      permission: "orders:read",
      isWrong: true,
    },
    {
      label: text.mailsFailed,
      value: mails.failed,
      hint: text.mailsUnsent(mails.unsent),
      to: "/settings/mails?status=failed",
      permission: "mails:read",
      isWrong: true,
    },
    {
      label: text.pending,
      value: orders.pending,
      hint:
        orders.pending === 0
          ? text.pendingNone
          : text.pendingHint(duration(orders.oldestPendingSeconds)),
      to: "/orders?status=pending",
      permission: "orders:read",
      isWrong: orders.oldestPendingSeconds > waitMaxSeconds,
    },
    {
      label: text.preOrdered,
      value: preOrderedUnits,
      hint: text.preOrderedHint,
      to: "/pre-orders",
      permission: "orders:read",
    },
  ];
}
