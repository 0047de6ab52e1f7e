// Colours and styles of every mail: for built-in bodies and for the Markdown of overrides. Mail programs support inline
// styles best, so the light colours are inline. The dark ones are a style sheet of classes, which overrides them in
// programs that support it.

/** Colours of one scheme. Each text colour has a contrast of at least 4.5:1 to its background (WCAG 2.2, level AA). */
export type Palette = {
  readonly page: string;
  readonly card: string;
  readonly inset: string;
  readonly line: string;
  readonly text: string;
  readonly muted: string;
  readonly link: string;
  readonly button: string;
  readonly buttonText: string;
  readonly low: string;
  readonly lowText: string;
  readonly out: string;
  readonly outText: string;
};

/** Colours for a light screen. */
export const light: Palette = {
  page: "#f3f4f6",
  card: "#ffffff",
  inset: "#f7f8fa",
  line: "#e2e5ea",
  text: "#1b2130",
  muted: "#59616f",
  link: "#1a56b8",
  button: "#1d4ed8",
  buttonText: "#ffffff",
  low: "#fdf0d0",
  lowText: "#7a4a00",
  out: "#fde4e1",
  outText: "#a11a1a",
};

/** Colours for a dark screen. */
export const dark: Palette = {
  page: "#0f1216",
  card: "#191d24",
  inset: "#222831",
  line: "#343b46",
  text: "#eceff4",
  muted: "#a8b1bf",
  link: "#8ab8ff",
  button: "#8ab8ff",
  buttonText: "#0c1a33",
  low: "#40310f",
  lowText: "#ffd479",
  out: "#47201f",
  outText: "#ffb0a8",
};

/** Fonts that are already on the reader's device. */
export const fontFamily =
  '-apple-system, BlinkMacSystemFont, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';

const monospace = 'ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace';

/** The dark style of each class. */
const darkRules: readonly (readonly [string, string])[] = [
  ["page", `background-color:${dark.page}`],
  ["card", `background-color:${dark.card};border-color:${dark.line}`],
  ["inset", `background-color:${dark.inset}`],
  ["line", `border-color:${dark.line}`],
  ["text", `color:${dark.text}`],
  ["muted", `color:${dark.muted}`],
  ["link", `color:${dark.link}`],
  ["button", `background-color:${dark.button};color:${dark.buttonText}`],
  ["low", `background-color:${dark.low};color:${dark.lowText}`],
  ["out", `background-color:${dark.out};color:${dark.outText}`],
];

function rules(prefix: string): string {
  return darkRules
    .map(([name, style]) => `${prefix}.tm-${name}{${style.replaceAll(/(;|$)/g, " !important$1")}}`)
    .join("");
}

/** The style sheet in a mail's head: the dark colours for browsers and Apple Mail, and smaller gaps on a phone. */
export const styleSheet = [
  ":root{color-scheme:light dark;supported-color-schemes:light dark}",
  `@media (prefers-color-scheme:dark){body{background-color:${dark.page} !important}${rules("")}}`,
  "@media (max-width:480px){.tm-outer{padding:12px 8px !important}.tm-inner{padding:24px 20px !important}.tm-title{font-size:22px !important}.tm-figure{font-size:24px !important}}",
].join("");

/**
 * The dark colours for Outlook, which marks the elements that it has darkened. It is a second sheet, because Gmail drops
 * a sheet that has a selector it does not support.
 */
export const outlookStyleSheet = rules("[data-ogsc] ");

const block = "margin:0 0 16px;font-size:16px;line-height:24px";

/** The inline style of each element of an override's body, and the class that makes it dark. */
export const markdownStyles: Readonly<
  Record<string, { readonly style: string; readonly class?: string }>
> = {
  h1: {
    style: `margin:0 0 16px;font-size:24px;line-height:30px;font-weight:700;color:${light.text}`,
    class: "tm-text tm-title",
  },
  h2: {
    style: `margin:24px 0 12px;font-size:19px;line-height:26px;font-weight:700;color:${light.text}`,
    class: "tm-text",
  },
  h3: {
    style: `margin:24px 0 8px;font-size:16px;line-height:24px;font-weight:700;color:${light.text}`,
    class: "tm-text",
  },
  h4: {
    style: `margin:20px 0 8px;font-size:15px;line-height:22px;font-weight:700;color:${light.text}`,
    class: "tm-text",
  },
  p: { style: `${block};color:${light.text}`, class: "tm-text" },
  ul: { style: `${block};padding:0 0 0 24px;color:${light.text}`, class: "tm-text" },
  ol: { style: `${block};padding:0 0 0 24px;color:${light.text}`, class: "tm-text" },
  li: { style: "margin:0 0 6px" },
  // Its last paragraph has a margin of 16 px, which would lie outside without the padding below.
  blockquote: {
    style: `margin:0 0 16px;padding:17px 0 1px 16px;border-left:4px solid ${light.line}`,
    class: "tm-line",
  },
  a: { style: `color:${light.link};text-decoration:underline`, class: "tm-link" },
  code: {
    style: `padding:2px 5px;border-radius:4px;background-color:${light.inset};font-family:${monospace};font-size:90%;overflow-wrap:anywhere`,
    class: "tm-inset",
  },
  pre: {
    style: `margin:0 0 16px;font-size:14px;line-height:20px;white-space:pre-wrap;overflow-wrap:anywhere;color:${light.text}`,
    class: "tm-text",
  },
  hr: {
    style: `margin:24px 0;border:0;border-top:1px solid ${light.line}`,
    class: "tm-line",
  },
  table: {
    style: `width:100%;margin:0 0 16px;border-collapse:collapse;font-size:15px;line-height:22px;color:${light.text}`,
    class: "tm-text",
  },
  th: {
    style: `padding:8px 6px;border-bottom:2px solid ${light.line};font-weight:600;overflow-wrap:anywhere`,
    class: "tm-line",
  },
  td: {
    style: `padding:8px 6px;border-bottom:1px solid ${light.line};overflow-wrap:anywhere`,
    class: "tm-line",
  },
};
