// The app's entry. It sets up zod before any other module creates a schema.

/* eslint-disable import/no-unassigned-import -- styles and the setup are there for their effect */
import "./zod-setup.ts";
import "./parts/import-part.ts";
import "./mantine-styles.ts";
import "./global.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app.tsx";
import { watchStyles } from "./parts/load-part.ts";

const root = document.querySelector("#root");
if (root === null) throw new Error("The page has no #root to draw the app in.");
watchStyles();
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
