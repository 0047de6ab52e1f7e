// The addresses of the app, below `/admin`. Each page is loaded when it is first visited.

import { GreyLines } from "./shell/loaded.tsx";
import { CrashedPage, LostPage } from "./shell/lost-page.tsx";
import { Home, Permitted } from "./shell/permitted.tsx";
import { Shell } from "./shell/shell.tsx";
import { settingsRoutes } from "./settings/settings-routes.tsx";
import type { RouteObject } from "react-router";

const mainRoutes: RouteObject[] = [
  {
    element: <Permitted permission="orders:read" />,
    children: [
      {
        path: "overview",
        lazy: async () => ({
          Component: (await import("./overview/overview-page.tsx")).OverviewPage,
        }),
      },
      {
        path: "orders",
        lazy: async () => ({
          Component: (await import("./orders/order-list-page.tsx")).OrderListPage,
        }),
      },
      {
        path: "orders/:id",
        lazy: async () => ({ Component: (await import("./orders/order-page.tsx")).OrderPage }),
      },
      {
        path: "pre-orders",
        lazy: async () => ({
          Component: (await import("./pre-orders/pre-order-page.tsx")).PreOrderPage,
        }),
      },
    ],
  },
  {
    element: <Permitted permission="catalogue:read" />,
    children: [
      {
        path: "products",
        lazy: async () => ({
          Component: (await import("./products/product-list-page.tsx")).ProductListPage,
        }),
      },
      {
        path: "products/:sku",
        lazy: async () => ({
          Component: (await import("./products/product-page.tsx")).ProductPage,
        }),
      },
    ],
  },
  {
    element: <Permitted permission="stock:read" />,
    children: [
      {
        path: "products/:sku/history",
        lazy: async () => ({
          Component: (await import("./products/stock-history-page.tsx")).StockHistoryPage,
        }),
      },
    ],
  },
  {
    element: <Permitted permission="catalogue:write" />,
    children: [
      {
        path: "new-product",
        lazy: async () => ({
          Component: (await import("./products/new-product-page.tsx")).NewProductPage,
        }),
      },
      {
        path: "product-import",
        lazy: async () => ({ Component: (await import("./products/import-page.tsx")).ImportPage }),
      },
    ],
  },
  {
    element: <Permitted permission="alerts:read" />,
    children: [
      {
        path: "alerts",
        lazy: async () => ({
          Component: (await import("./alerts/alert-list-page.tsx")).AlertListPage,
        }),
      },
    ],
  },
];

/** All routes. */
export const routes: RouteObject[] = [
  {
    path: "/",
    element: <Shell />,
    errorElement: <CrashedPage />,
    hydrateFallbackElement: <GreyLines />,
    children: [
      {
        // A fault of one page leaves the navigation usable.
        errorElement: <CrashedPage />,
        children: [
          { index: true, element: <Home /> },
          ...mainRoutes,
          ...settingsRoutes,
          {
            path: "account",
            lazy: async () => ({
              Component: (await import("./session/account-page.tsx")).AccountPage,
            }),
          },
          { path: "*", element: <LostPage /> },
        ],
      },
    ],
  },
];
