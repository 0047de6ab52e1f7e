// The editor of a template's body: Liquid in Markdown, with faults marked at their line. It is larger than the rest of the
// page, so it is loaded when somebody writes a body.

import { setDiagnostics } from "@codemirror/lint";
import { EditorView } from "codemirror";
import { useEffect, useLayoutEffect, useRef } from "react";
import classes from "./code-editor.module.css";
import { createEditor } from "./create-editor.ts";
import { type TemplateFault, toDiagnostic } from "./template-faults.ts";
import type { TemplateVariable } from "./template-queries.ts";

/** What the page can do with an editor. */
export type EditorHandle = {
  /** Replaces the selection with text. */
  readonly insert: (text: string) => void;
  /** Moves the cursor to a line, counted from 1. */
  readonly goTo: (line: number) => void;
};

type CodeEditorProps = {
  readonly label: string;
  /** The field's path in its form, so that a problem of the API is shown at the field. */
  readonly path: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly onReady: (handle: EditorHandle | null) => void;
  readonly onFocus: () => void;
  readonly faults: readonly TemplateFault[];
  readonly variables: readonly TemplateVariable[];
  readonly isReadOnly: boolean;
};

/** The editor. Later changes of the props are ignored, except for the text and the faults. */
export function CodeEditor(props: CodeEditorProps) {
  const { value, faults } = props;
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });

  useEffect(() => {
    const parent = host.current;
    if (parent === null) return undefined;
    const { label, path, isReadOnly, variables, onReady } = latest.current;
    const editor = createEditor({
      parent,
      label,
      path,
      isReadOnly,
      variables,
      text: latest.current.value,
      onChange: (text) => latest.current.onChange(text),
      onFocus: () => latest.current.onFocus(),
    });
    view.current = editor;
    onReady(handleOf(editor));
    return () => {
      onReady(null);
      view.current = null;
      editor.destroy();
    };
  }, []);

  // This runs before the next key is handled. If the value were set later, it would undo that key.
  useLayoutEffect(() => {
    const editor = view.current;
    if (editor === null || editor.state.doc.toString() === value) return;
    editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: value } });
  }, [value]);

  useEffect(() => {
    const editor = view.current;
    if (editor === null) return;
    const diagnostics = faults.map((fault) => toDiagnostic(editor.state.doc, fault));
    editor.dispatch(setDiagnostics(editor.state, diagnostics));
  }, [faults]);

  return <div ref={host} className={classes["editor"]} />;
}

function handleOf(editor: EditorView): EditorHandle {
  return {
    insert: (text) => {
      editor.dispatch(editor.state.replaceSelection(text), { scrollIntoView: true });
      editor.focus();
    },
    goTo: (line) => {
      const { from } = editor.state.doc.line(Math.min(line, editor.state.doc.lines));
      editor.dispatch({
        selection: { anchor: from },
        effects: EditorView.scrollIntoView(from, { y: "center" }),
      });
      editor.focus();
    },
  };
}
