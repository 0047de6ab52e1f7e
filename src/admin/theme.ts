// The theme: one blue, Mantine's own sizes, and text colours with WCAG AA contrast in both colour schemes.

import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from "@mantine/core";
import { shell as text } from "./words/en/shell.ts";

const tally: MantineColorsTuple = [
  "#edf4ff",
  "#dbe7fb",
  "#b3cdf4",
  "#8db8ff",
  "#6699e6",
  "#4b86e2",
  "#3a78d6",
  "#2a69c9",
  "#1f5fbf",
  "#174fa3",
];

/** The greys of the dark scheme are slightly blue, to match the primary colour. */
const dark: MantineColorsTuple = [
  "#d8dde4",
  "#b9c1cc",
  "#8f99a7",
  "#6b7684",
  "#3d4755",
  "#313a46",
  "#272f3a",
  "#1b212a",
  "#171c24",
  "#10141a",
];

/** The theme. */
export const theme = createTheme({
  primaryColor: "tally",
  primaryShade: 8,
  colors: { tally, dark },
  defaultRadius: "md",
  cursorType: "pointer",
  respectReducedMotion: true,
  headings: { fontWeight: "650" },
  components: {
    Badge: {
      styles: {
        root: { textTransform: "none", minWidth: "max-content" },
        label: { fontWeight: 600 },
      },
    },
    Tooltip: { defaultProps: { withArrow: true, openDelay: 300 } },
    Modal: {
      defaultProps: { centered: true, closeButtonProps: { "aria-label": text.dialogs.close } },
      styles: { title: { fontWeight: 650 } },
    },
    // Long email addresses and SKUs have no break points of their own.
    DataList: { styles: { itemValue: { minWidth: 0, overflowWrap: "anywhere" } } },
    Notification: { defaultProps: { closeButtonProps: { "aria-label": text.dialogs.close } } },
    // A menu may hold menu items only; without the placeholder its first item takes the focus.
    Menu: { defaultProps: { withInitialFocusPlaceholder: false } },
  },
});

/** Mantine's light greys have too little contrast for small text. These have enough. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    "--mantine-color-body": "#fbfcfd",
    "--mantine-color-dimmed": "#56606f",
    "--mantine-color-placeholder": "#6b7480",
    "--mantine-color-error": "#b42318",
    "--mantine-color-orange-light-color": "#8f3a06",
    "--mantine-color-red-light-color": "#a11b1b",
    "--mantine-color-teal-light-color": "#08604a",
    "--tally-card": "#ffffff",
    "--tally-line": "#dfe3e8",
    "--tally-quiet-ground": "#f1f4f7",
  },
  dark: {
    "--mantine-color-body": "#14181f",
    "--mantine-color-dimmed": "#a2acb9",
    "--mantine-color-placeholder": "#9aa5b3",
    "--mantine-color-error": "#ff9b93",
    "--mantine-color-gray-light": "#212833",
    "--mantine-color-gray-light-hover": "#272f3a",
    "--tally-card": "#1b212a",
    "--tally-line": "#313a46",
    "--tally-quiet-ground": "#212833",
  },
});
