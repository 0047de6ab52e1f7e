// Imports products from a CSV file in two steps: it shows the changes, then saves them.

import { Alert, Anchor, FileInput, Paper, Stack, Text } from "@mantine/core";
import { IconFileTypeCsv, IconLanguage } from "@tabler/icons-react";
import { useState } from "react";
import { decodeText, type DecodedText } from "../../contract/decode-text.ts";
import { Page } from "../shell/page.tsx";
import { productImport as text } from "../words/en/products/import.tsx";
import { names } from "../words/en/products/names.ts";
import { ImportOutcome } from "./import-outcome.tsx";
import { ImportSource } from "./import-source.tsx";
import { type FileChoices, useProductImport } from "./use-product-import.ts";
import { rowsMax } from "../../contract/product-file.ts";

/** The page. */
export function ImportPage() {
  const [file, setFile] = useState<File | null>(null);
  const [decoded, setDecoded] = useState<DecodedText | null>(null);
  const [choices, setChoices] = useState<FileChoices>({});
  const state = useProductImport();
  const choose = async (chosen: File | null): Promise<void> => {
    setFile(chosen);
    setDecoded(null);
    setChoices({});
    state.forget();
    if (chosen === null) return;
    const read = decodeText(new Uint8Array(await chosen.arrayBuffer()));
    setDecoded(read);
    if (read.kind === "text") state.look(read.text);
  };
  const lookAgain = (chosen: FileChoices): void => {
    setChoices(chosen);
    if (decoded?.kind === "text") state.look(decoded.text, chosen);
  };
  return (
    <Page title={text.title} back={{ to: "/products", label: names.products }} intro={text.intro}>
      <Paper withBorder p={{ base: "md", sm: "lg" }} bg="var(--tally-card)">
        <Stack gap="md">
          <FileInput
            label={text.file.label}
            description={text.file.hint(rowsMax)}
            placeholder={text.file.choose}
            accept=".csv,.tsv,.txt,text/csv,text/plain"
            leftSection={<IconFileTypeCsv size={18} />}
            value={file}
            onChange={(chosen) => void choose(chosen)}
            error={decoded !== null && decoded.kind !== "text" && text.file[decoded.kind]}
            disabled={state.isSaving}
            clearable
            clearButtonProps={{ "aria-label": text.file.remove }}
            maw="26rem"
          />
          <Columns />
        </Stack>
      </Paper>
      {decoded?.kind === "text" && decoded.isGuessed && <GuessedEncoding />}
      {state.report !== undefined && state.outcome === null && (
        <ImportSource source={state.report.source} choices={choices} onChoose={lookAgain} />
      )}
      <ImportOutcome state={state} onLookAgain={() => lookAgain(choices)} />
    </Page>
  );
}

function GuessedEncoding() {
  return (
    <Alert color="orange" icon={<IconLanguage />} title={text.guessed.title}>
      {text.guessed.text}
    </Alert>
  );
}

function Columns() {
  return (
    <Text size="sm" c="dimmed">
      {text.columns((label) => (
        <Anchor href="/api/v1/product-export" download inherit>
          {label}
        </Anchor>
      ))}
    </Text>
  );
}
