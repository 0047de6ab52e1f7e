// A mail as its recipient sees it: HTML or plain text, in a wide window or on a phone, light or dark.

import { Box, Group, Paper, SegmentedControl, Stack, useComputedColorScheme } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { styleNonce } from "../../parts/style-nonce.ts";
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
          aria-label="Form of the mail"
          data={[
            { value: "html", label: "HTML" },
            { value: "text", label: "Text" },
          ]}
          value={form}
          onChange={setForm}
        />
        {form === "html" && (
          <>
            <SegmentedControl
              size="xs"
              aria-label="Width"
              visibleFrom="xs"
              data={[
                { value: "wide", label: "Desktop" },
                { value: "phone", label: "Phone" },
              ]}
              value={width}
              onChange={setWidth}
            />
            <SegmentedControl
              size="xs"
              aria-label="Colours of the mail"
              data={[
                { value: "light", label: "Light" },
                { value: "dark", label: "Dark" },
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
