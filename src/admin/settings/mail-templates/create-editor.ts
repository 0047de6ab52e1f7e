// Sets up CodeMirror for templates: Liquid over Markdown, completion of variables, faults at their line.

import { liquid, liquidCompletionSource } from "@codemirror/lang-liquid";
import { markdown } from "@codemirror/lang-markdown";
import { lintGutter } from "@codemirror/lint";
import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { EditorState, type Extension } from "@codemirror/state";
import { tags } from "@lezer/highlight";
import { basicSetup, EditorView } from "codemirror";
import { styleNonce } from "../../parts/style-nonce.ts";
import { completionsBelow } from "./variable-completions.ts";
import type { TemplateVariable } from "./template-queries.ts";

/** How an editor starts. */
export type EditorOptions = {
  readonly parent: HTMLElement;
  readonly label: string;
  readonly path: string;
  readonly text: string;
  readonly isReadOnly: boolean;
  readonly variables: readonly TemplateVariable[];
  readonly onChange: (text: string) => void;
  readonly onFocus: () => void;
};

/** Creates an editor. The caller must destroy it. */
export function createEditor(options: EditorOptions): EditorView {
  const { parent, label, path, text, isReadOnly, variables, onChange, onFocus } = options;
  return new EditorView({
    parent,
    doc: text,
    extensions: [
      EditorView.cspNonce.of(styleNonce),
      basicSetup,
      liquidInMarkdown(variables),
      syntaxHighlighting(highlighting),
      lintGutter(),
      look,
      EditorView.lineWrapping,
      EditorState.readOnly.of(isReadOnly),
      EditorView.contentAttributes.of({ "aria-label": label, "data-path": path, tabindex: "0" }),
      EditorView.updateListener.of((update) => {
        if (update.docChanged) onChange(update.state.doc.toString());
        if (update.focusChanged && update.view.hasFocus) onFocus();
      }),
    ],
  });
}

/**
 * The language, but without one feature: it inserts `%}` after every `{%`, so people who type the whole tag get it twice.
 */
function liquidInMarkdown(variables: readonly TemplateVariable[]): Extension {
  const base = markdown();
  const { language } = liquid({ base });
  return [
    language,
    base.support,
    language.data.of({
      autocomplete: liquidCompletionSource({
        variables: completionsBelow(variables, []),
        properties: (place) => completionsBelow(variables, place),
      }),
    }),
    base.language.data.of({ closeBrackets: { brackets: ["{"] } }),
  ];
}

/** The colours are variables of code-editor.module.css, for light and dark. */
const highlighting = HighlightStyle.define([
  { tag: tags.heading, fontWeight: "700", color: "var(--code-heading)" },
  { tag: tags.strong, fontWeight: "700" },
  { tag: tags.emphasis, fontStyle: "italic" },
  { tag: [tags.link, tags.url], color: "var(--code-link)" },
  { tag: [tags.monospace, tags.string], color: "var(--code-string)" },
  { tag: [tags.keyword, tags.controlKeyword, tags.definitionKeyword], color: "var(--code-tag)" },
  { tag: [tags.operatorKeyword, tags.compareOperator], color: "var(--code-tag)" },
  { tag: tags.brace, color: "var(--code-brace)" },
  { tag: [tags.variableName, tags.propertyName], color: "var(--code-variable)" },
  { tag: tags.function(tags.variableName), color: "var(--code-filter)" },
  { tag: [tags.number, tags.bool, tags.atom], color: "var(--code-string)" },
  { tag: [tags.comment, tags.processingInstruction], color: "var(--code-quiet)" },
]);

const look = EditorView.theme({
  "&": { color: "var(--mantine-color-text)", fontSize: "0.875rem" },
  "&.cm-focused": {
    outline: "2px solid var(--mantine-primary-color-filled)",
    outlineOffset: "-1px",
  },
  ".cm-scroller": { fontFamily: "var(--mantine-font-family-monospace)", lineHeight: "1.6" },
  ".cm-content": { caretColor: "var(--mantine-color-text)", paddingBlock: "0.75rem" },
  ".cm-cursor": { borderLeftColor: "var(--mantine-color-text)" },
  ".cm-gutters": {
    backgroundColor: "var(--tally-quiet-ground)",
    borderRight: "1px solid var(--tally-line)",
    color: "var(--mantine-color-dimmed)",
  },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "var(--code-active-line)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground":
    { backgroundColor: "var(--code-selection)" },
  ".cm-selectionMatch": { backgroundColor: "var(--code-selection)" },
  ".cm-tooltip, .cm-panels": {
    backgroundColor: "var(--tally-card)",
    color: "var(--mantine-color-text)",
    border: "1px solid var(--tally-line)",
  },
  ".cm-tooltip-autocomplete > ul > li[aria-selected]": {
    backgroundColor: "var(--mantine-primary-color-filled)",
    color: "#fff",
  },
});
