// The entries of the navigation, and the permission that each needs. The routes are in routes.tsx.

import {
  IconBellRinging,
  IconBox,
  IconBuildingStore,
  IconCategory,
  IconClockHour4,
  IconHourglassLow,
  IconHistory,
  IconKey,
  IconLayoutDashboard,
  IconMail,
  IconShoppingCart,
  IconTemplate,
  IconTruckDelivery,
  IconUserShield,
  IconUsersGroup,
  IconWebhook,
} from "@tabler/icons-react";
import { shell as text } from "../words/en/shell.ts";
import type { Permission } from "../../domain/access/permissions.ts";

/** A page in the navigation. */
export type NavigationEntry = {
  readonly label: string;
  /** Below `/admin`. */
  readonly to: string;
  readonly icon: typeof IconBox;
  /** People without it don't see the entry. */
  readonly permission: Permission;
};

/** Pages for daily work. */
export const mainEntries: readonly NavigationEntry[] = [
  {
    label: text.navigation.overview,
    to: "/overview",
    icon: IconLayoutDashboard,
    permission: "orders:read",
  },
  {
    label: text.navigation.products,
    to: "/products",
    icon: IconBox,
    permission: "catalogue:read",
  },
  {
    label: text.navigation.orders,
    to: "/orders",
    icon: IconShoppingCart,
    permission: "orders:read",
  },
  {
    label: text.navigation.receiving,
    to: "/receiving",
    icon: IconTruckDelivery,
    permission: "stock:read",
  },
  {
    label: text.navigation.runningOut,
    to: "/running-out",
    icon: IconHourglassLow,
    permission: "stock:read",
  },
  {
    label: text.navigation.alerts,
    to: "/alerts",
    icon: IconBellRinging,
    permission: "alerts:read",
  },
  {
    label: text.navigation.preOrders,
    to: "/pre-orders",
    icon: IconClockHour4,
    permission: "orders:read",
  },
];

/** Pages for what is changed rarely. */
export const settingsEntries: readonly NavigationEntry[] = [
  {
    label: text.navigation.administrators,
    to: "/settings/administrators",
    icon: IconUserShield,
    permission: "admin:read",
  },
  {
    label: text.navigation.groups,
    to: "/settings/groups",
    icon: IconUsersGroup,
    permission: "admin:read",
  },
  {
    label: text.navigation.productTypes,
    to: "/settings/product-types",
    icon: IconCategory,
    permission: "catalogue:read",
  },
  {
    label: text.navigation.mailTemplates,
    to: "/settings/mail-templates",
    icon: IconTemplate,
    permission: "templates:read",
  },
  {
    label: text.navigation.mailLog,
    to: "/settings/mails",
    icon: IconMail,
    permission: "mails:read",
  },
  {
    label: text.navigation.apiKeys,
    to: "/settings/api-keys",
    icon: IconKey,
    permission: "admin:read",
  },
  {
    label: text.navigation.webhooks,
    to: "/settings/webhooks",
    icon: IconWebhook,
    permission: "webhooks:read",
  },
  {
    label: text.navigation.activity,
    to: "/settings/activity",
    icon: IconHistory,
    permission: "admin:read",
  },
  {
    label: text.navigation.store,
    to: "/settings/store",
    icon: IconBuildingStore,
    permission: "admin:read",
  },
];
