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
  { label: "Overview", to: "/overview", icon: IconLayoutDashboard, permission: "orders:read" },
  { label: "Products", to: "/products", icon: IconBox, permission: "catalogue:read" },
  { label: "Orders", to: "/orders", icon: IconShoppingCart, permission: "orders:read" },
  { label: "Receiving", to: "/receiving", icon: IconTruckDelivery, permission: "stock:read" },
  { label: "Running out", to: "/running-out", icon: IconHourglassLow, permission: "stock:read" },
  { label: "Alerts", to: "/alerts", icon: IconBellRinging, permission: "alerts:read" },
  { label: "Pre-orders", to: "/pre-orders", icon: IconClockHour4, permission: "orders:read" },
];

/** Pages for what is changed rarely. */
export const settingsEntries: readonly NavigationEntry[] = [
  {
    label: "Administrators",
    to: "/settings/administrators",
    icon: IconUserShield,
    permission: "admin:read",
  },
  { label: "Groups", to: "/settings/groups", icon: IconUsersGroup, permission: "admin:read" },
  {
    label: "Product types",
    to: "/settings/product-types",
    icon: IconCategory,
    permission: "catalogue:read",
  },
  {
    label: "Mail templates",
    to: "/settings/mail-templates",
    icon: IconTemplate,
    permission: "templates:read",
  },
  { label: "Mail log", to: "/settings/mails", icon: IconMail, permission: "mails:read" },
  { label: "API keys", to: "/settings/api-keys", icon: IconKey, permission: "admin:read" },
  {
    label: "Webhooks",
    to: "/settings/webhooks",
    icon: IconWebhook,
    permission: "webhooks:read",
  },
  { label: "Activity", to: "/settings/activity", icon: IconHistory, permission: "admin:read" },
  { label: "Store", to: "/settings/store", icon: IconBuildingStore, permission: "admin:read" },
];
