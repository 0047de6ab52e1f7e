// The addresses of the settings, below `/admin`.

import type { RouteObject } from "react-router";
import { Permitted } from "../shell/permitted.tsx";

const administration: RouteObject[] = [
  {
    path: "settings/administrators",
    lazy: async () => ({
      Component: (await import("./administrators/administrator-list-page.tsx"))
        .AdministratorListPage,
    }),
  },
  {
    path: "settings/administrators/:id",
    lazy: async () => ({
      Component: (await import("./administrators/administrator-page.tsx")).AdministratorPage,
    }),
  },
  {
    path: "settings/groups",
    lazy: async () => ({
      Component: (await import("./groups/group-list-page.tsx")).GroupListPage,
    }),
  },
  {
    path: "settings/new-group",
    lazy: async () => ({ Component: (await import("./groups/group-page.tsx")).NewGroupPage }),
  },
  {
    path: "settings/groups/:code",
    lazy: async () => ({ Component: (await import("./groups/group-page.tsx")).GroupPage }),
  },
  {
    path: "settings/api-keys",
    lazy: async () => ({
      Component: (await import("./api-keys/api-key-list-page.tsx")).ApiKeyListPage,
    }),
  },
  {
    path: "settings/store",
    lazy: async () => ({ Component: (await import("./store/store-page.tsx")).StorePage }),
  },
];

const productTypes: RouteObject[] = [
  {
    path: "settings/product-types",
    lazy: async () => ({
      Component: (await import("./product-types/product-type-list-page.tsx")).ProductTypeListPage,
    }),
  },
  {
    path: "settings/new-product-type",
    lazy: async () => ({
      Component: (await import("./product-types/product-type-page.tsx")).NewProductTypePage,
    }),
  },
  {
    path: "settings/product-types/:code",
    lazy: async () => ({
      Component: (await import("./product-types/product-type-page.tsx")).ProductTypePage,
    }),
  },
];

const mailTemplates: RouteObject[] = [
  {
    path: "settings/mail-templates",
    lazy: async () => ({
      Component: (await import("./mail-templates/template-list-page.tsx")).TemplateListPage,
    }),
  },
  {
    path: "settings/mail-templates/:code",
    lazy: async () => ({
      Component: (await import("./mail-templates/template-page.tsx")).TemplatePage,
    }),
  },
];

const mails: RouteObject[] = [
  {
    path: "settings/mails",
    lazy: async () => ({ Component: (await import("./mails/mail-list-page.tsx")).MailListPage }),
  },
  {
    path: "settings/mails/:id",
    lazy: async () => ({ Component: (await import("./mails/mail-page.tsx")).MailPage }),
  },
];

/** The settings' routes. */
export const settingsRoutes: RouteObject[] = [
  { element: <Permitted permission="admin:read" />, children: administration },
  { element: <Permitted permission="catalogue:read" />, children: productTypes },
  { element: <Permitted permission="templates:read" />, children: mailTemplates },
  { element: <Permitted permission="mails:read" />, children: mails },
];
