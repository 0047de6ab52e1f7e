// The addresses of the app, below `/admin`. Each page is loaded when it is first visited.

import { pageRoute } from "./parts/page-route.tsx";
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
      pageRoute(
        "overview",
        async () => (await import("./overview/overview-page.tsx")).OverviewPage,
      ),
      pageRoute("orders", async () => (await import("./orders/order-list-page.tsx")).OrderListPage),
      pageRoute("orders/:id", async () => (await import("./orders/order-page.tsx")).OrderPage),
      pageRoute("orders/*", async () => (await import("./orders/order-page.tsx")).OrderWithSlashes),
      pageRoute(
        "pre-orders",
        async () => (await import("./pre-orders/pre-order-page.tsx")).PreOrderPage,
      ),
    ],
  },
  {
    element: <Permitted permission="catalogue:read" />,
    children: [
      pageRoute(
        "products",
        async () => (await import("./products/product-list-page.tsx")).ProductListPage,
      ),
      pageRoute(
        "products/:sku",
        async () => (await import("./products/product-page.tsx")).ProductPage,
      ),
      pageRoute(
        "products/*",
        async () => (await import("./products/product-page.tsx")).ProductWithSlashes,
      ),
    ],
  },
  {
    element: <Permitted permission="stock:read" />,
    children: [
      pageRoute(
        "products/:sku/history",
        async () => (await import("./products/stock-history-page.tsx")).StockHistoryPage,
      ),
      pageRoute(
        "running-out",
        async () => (await import("./receiving/receiving-page.tsx")).RunningOutPage,
      ),
      pageRoute(
        "receiving",
        async () => (await import("./receiving/receiving-page.tsx")).ReceivingPage,
      ),
      pageRoute(
        "receipts/:id",
        async () => (await import("./receiving/receipt-page.tsx")).ReceiptPage,
      ),
      pageRoute(
        "expected-deliveries/:id",
        async () => (await import("./receiving/delivery-page.tsx")).DeliveryPage,
      ),
    ],
  },
  {
    element: <Permitted permission="stock:write" />,
    children: [
      pageRoute(
        "new-receipt",
        async () => (await import("./receiving/new-receipt-page.tsx")).NewReceiptPage,
      ),
      pageRoute(
        "new-delivery",
        async () => (await import("./receiving/new-delivery-page.tsx")).NewDeliveryPage,
      ),
    ],
  },
  {
    element: <Permitted permission="catalogue:write" />,
    children: [
      pageRoute(
        "new-product",
        async () => (await import("./products/new-product-page.tsx")).NewProductPage,
      ),
      pageRoute(
        "product-import",
        async () => (await import("./products/import-page.tsx")).ImportPage,
      ),
    ],
  },
  {
    element: <Permitted permission="alerts:read" />,
    children: [
      pageRoute("alerts", async () => (await import("./alerts/alert-list-page.tsx")).AlertListPage),
      pageRoute("alerts/:id", async () => (await import("./alerts/alert-page.tsx")).AlertPage),
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
          pageRoute(
            "account",
            async () => (await import("./session/account-page.tsx")).AccountPage,
          ),
          { path: "*", element: <LostPage /> },
        ],
      },
    ],
  },
];
