// A mail as its recipient sees it: HTML or plain text, in a wide window or on a phone, light or dark.

import { Box, Group, Paper, SegmentedControl, Stack, useComputedColorScheme } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { styleNonce } from "../../parts/style-nonce.ts";
import { mailViewer as words } from "../../words/en/settings/mail-viewer.ts";
import { mailDocument } from "./mail-document.ts";
import classes from "./mail-viewer.module.css";

type MailViewerProps = {
  /** The name of the viewer, for screen readers. */
  readonly label: string;
  readonly html: string;
  readonly text: string;
  /** Whether a newer rendering is being loaded. */
  readonly isOutdated?: boolean;
  /** Shown at the right of the choices. */
  readonly aside?: ReactNode;
};

/** The viewer. */
export function MailViewer({ label, html, text, isOutdated = false, aside }: MailViewerProps) {
  const appScheme = useComputedColorScheme("light", { getInitialValueInEffect: false });
  const [form, setForm] = useState<"html" | "text">("html");
  const [width, setWidth] = useState<"wide" | "phone">("wide");
  const [chosenScheme, setScheme] = useState<"light" | "dark" | null>(null);
  const scheme = chosenScheme ?? appScheme;
  return (
    <Stack gap="sm">
      <Group gap="xs">
        <SegmentedControl
          size="xs"
          aria-label={words.form}
          data={[
            { value: "html", label: words.forms.html },
            { value: "text", label: words.forms.text },
          ]}
          value={form}
          onChange={setForm}
        />
        {form === "html" && (
          <>
            <SegmentedControl
              size="xs"
              aria-label={words.width}
              visibleFrom="xs"
              data={[
                { value: "wide", label: words.widths.wide },
                { value: "phone", label: words.widths.phone },
              ]}
              value={width}
              onChange={setWidth}
            />
            <SegmentedControl
              size="xs"
              aria-label={words.scheme}
              data={[
                { value: "light", label: words.schemes.light },
                { value: "dark", label: words.schemes.dark },
              ]}
              value={scheme}
              onChange={setScheme}
            />
          </>
        )}
        {aside}
      </Group>
      <Paper withBorder className={classes["frame"] ?? ""} data-outdated={isOutdated}>
        {form === "text" ? (
          <Box component="pre" className={classes["text"] ?? ""}>
            {text}
          </Box>
        ) : (
          // Nothing in a mail may run, and it reaches neither this page nor its cookies. Links may open a tab.
          <iframe
            className={classes["mail"]}
            data-width={width}
            title={label}
            sandbox="allow-popups allow-popups-to-escape-sandbox"
            srcDoc={mailDocument(html, scheme, styleNonce)}
          />
        )}
      </Paper>
    </Stack>
  );
}
