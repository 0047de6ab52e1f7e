// The texts of the frame around all pages: the header, the navigation, and what is shown in place of a page. They are part
// of the first load.

import { count } from "../numbers.ts";

/** The texts. */
export const shell = {
  frame: {
    loading: "Loading",
    skip: "Skip to the page",
    openNavigation: "Open the navigation",
    closeNavigation: "Close the navigation",
    page: "This page",
    search: "The search",
    login: "The login",
  },
  /** In dialogs and notices that have no words of their own. */
  dialogs: {
    confirm: "Yes",
    cancel: "Cancel",
    close: "Close",
  },
  navigation: {
    main: "Main",
    settings: "Settings",
    openAlerts: (open: number) => count(open, "open alert"),
    overview: "Overview",
    products: "Products",
    orders: "Orders",
    receiving: "Receiving",
    runningOut: "Running out",
    alerts: "Alerts",
    preOrders: "Pre-orders",
    queues: "Queues",
    administrators: "Administrators",
    groups: "Groups",
    productTypes: "Product types",
    mailTemplates: "Mail templates",
    mailLog: "Mail log",
    apiKeys: "API keys",
    webhooks: "Webhooks",
    activity: "Activity",
    store: "Store",
  },
  offline: {
    awaited: "You are offline. Your change is saved when you are back.",
    idle: "You are offline. What you see may be old; what you save waits until you are back.",
    giveUp: "Don't save",
  },
  failure: { logIn: "Log in", retry: "Try again" },
  lost: {
    title: "Page not found",
    text: "The address may be old or mistyped.",
    toStart: "Go to the start page",
  },
  crashed: {
    title: "This page could not be shown",
    text: "Something went wrong on this page. Reload it. If that does not help, send the message below to the person who runs Tallyman.",
    reload: "Reload",
  },
  notAllowed: {
    title: "Not allowed",
    heading: "Your account may not open this page",
    text: (permission: string) =>
      `It needs this permission: ${permission}. An administrator can give it to one of your groups under Settings, Groups.`,
  },
};
