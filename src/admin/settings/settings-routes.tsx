// The addresses of the settings, below `/admin`.

import type { RouteObject } from "react-router";
import { pageRoute } from "../parts/page-route.tsx";
import { Permitted } from "../shell/permitted.tsx";

const administration: RouteObject[] = [
  pageRoute(
    "settings/administrators",
    async () =>
      (await import("./administrators/administrator-list-page.tsx")).AdministratorListPage,
  ),
  pageRoute(
    "settings/administrators/:id",
    async () => (await import("./administrators/administrator-page.tsx")).AdministratorPage,
  ),
  pageRoute(
    "settings/groups",
    async () => (await import("./groups/group-list-page.tsx")).GroupListPage,
  ),
  pageRoute(
    "settings/new-group",
    async () => (await import("./groups/group-page.tsx")).NewGroupPage,
  ),
  pageRoute(
    "settings/groups/:code",
    async () => (await import("./groups/group-page.tsx")).GroupPage,
  ),
  pageRoute(
    "settings/api-keys",
    async () => (await import("./api-keys/api-key-list-page.tsx")).ApiKeyListPage,
  ),
  pageRoute(
    "settings/activity",
    async () => (await import("./activity/activity-page.tsx")).ActivityPage,
  ),
  pageRoute("settings/store", async () => (await import("./store/store-page.tsx")).StorePage),
];

const productTypes: RouteObject[] = [
  pageRoute(
    "settings/product-types",
    async () => (await import("./product-types/product-type-list-page.tsx")).ProductTypeListPage,
  ),
  pageRoute(
    "settings/new-product-type",
    async () => (await import("./product-types/product-type-page.tsx")).NewProductTypePage,
  ),
  pageRoute(
    "settings/product-types/:code",
    async () => (await import("./product-types/product-type-page.tsx")).ProductTypePage,
  ),
];

const mailTemplates: RouteObject[] = [
  pageRoute(
    "settings/mail-templates",
    async () => (await import("./mail-templates/template-list-page.tsx")).TemplateListPage,
  ),
  pageRoute(
    "settings/mail-templates/:code",
    async () => (await import("./mail-templates/template-page.tsx")).TemplatePage,
  ),
];

const mails: RouteObject[] = [
  pageRoute(
    "settings/mails",
    async () => (await import("./mails/mail-list-page.tsx")).MailListPage,
  ),
  pageRoute("settings/mails/:id", async () => (await import("./mails/mail-page.tsx")).MailPage),
];

const webhooks: RouteObject[] = [
  pageRoute(
    "settings/webhooks",
    async () => (await import("../webhooks/webhook-list-page.tsx")).WebhookListPage,
  ),
  pageRoute(
    "settings/webhooks/:id",
    async () => (await import("../webhooks/webhook-page.tsx")).WebhookPage,
  ),
];

/** The settings' routes. */
export const settingsRoutes: RouteObject[] = [
  { element: <Permitted permission="admin:read" />, children: administration },
  { element: <Permitted permission="catalogue:read" />, children: productTypes },
  { element: <Permitted permission="templates:read" />, children: mailTemplates },
  { element: <Permitted permission="mails:read" />, children: mails },
  { element: <Permitted permission="webhooks:read" />, children: webhooks },
];
