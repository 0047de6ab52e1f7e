// The addresses below `/admin/settings`. Each page is loaded when it is first visited.

import type { RouteObject } from "react-router";

/** The routes of the settings. */
export const settingsRoutes: RouteObject[] = [];
