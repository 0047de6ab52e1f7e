// A secret that is shown once, with a button that copies it.

import { Button, Group, Text, TextInput } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useRef, useState } from "react";
import { forms } from "../words/en/forms.tsx";

const text = forms.secret;

type SecretFieldProps = {
  readonly label: string;
  readonly secret: string;
};

/**
 * Shows the secret. Browsers allow copying only over HTTPS and on localhost. Elsewhere the button selects the text
 * and says how to copy it.
 */
export function SecretField({ label, secret }: SecretFieldProps) {
  const field = useRef<HTMLInputElement>(null);
  const [outcome, setOutcome] = useState<"copied" | "by-hand" | null>(null);
  const copy = async (): Promise<void> => {
    field.current?.select();
    setOutcome(await writeToClipboard(secret));
  };
  return (
    <div>
      <Group align="flex-end" gap="xs">
        <TextInput
          ref={field}
          label={label}
          value={secret}
          readOnly
          flex="1 1 14rem"
          styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)" } }}
          onFocus={(event) => event.currentTarget.select()}
        />
        <Button
          leftSection={outcome === "copied" ? <IconCheck size={16} /> : <IconCopy size={16} />}
          onClick={() => void copy()}
          data-autofocus
        >
          {outcome === "copied" ? text.copied : text.copy}
        </Button>
      </Group>
      <Text size="sm" mt={4} role="status">
        {outcome === "copied" && text.isCopied}
        {outcome === "by-hand" && text.byHand}
      </Text>
    </div>
  );
}

async function writeToClipboard(secret: string): Promise<"copied" | "by-hand"> {
  try {
    await navigator.clipboard.writeText(secret);
    return "copied";
  } catch {
    // The browser has no clipboard here, or does not allow its use.
    return "by-hand";
  }
}
