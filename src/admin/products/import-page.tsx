// Imports products from a CSV file in two steps: it shows the changes, then saves them.

import { Alert, Anchor, FileInput, Paper, Stack, Text } from "@mantine/core";
import { IconFileTypeCsv, IconLanguage } from "@tabler/icons-react";
import { useState } from "react";
import { decodeText, type DecodedText } from "../../contract/decode-text.ts";
import { Page } from "../shell/page.tsx";
import { number } from "../words/numbers.ts";
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
    <Page
      title="Import products"
      back={{ to: "/products", label: "Products" }}
      intro="Creates and changes products and variants, and deletes nothing. You see every change before it is saved."
    >
      <Paper withBorder p={{ base: "md", sm: "lg" }} bg="var(--tally-card)">
        <Stack gap="md">
          <FileInput
            label="CSV file"
            description={`With a header line and at most ${number(rowsMax)} rows.`}
            placeholder="Choose a file"
            accept=".csv,.tsv,.txt,text/csv,text/plain"
            leftSection={<IconFileTypeCsv size={18} />}
            value={file}
            onChange={(chosen) => void choose(chosen)}
            error={decoded !== null && decoded.kind !== "text" && noTextWords[decoded.kind]}
            disabled={state.isSaving}
            clearable
            clearButtonProps={{ "aria-label": "Remove the file" }}
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

const noTextWords = {
  workbook:
    "This is a workbook, not a CSV file. Save it as CSV in your spreadsheet program, then choose that file.",
  unreadable:
    "This file can't be read as text. Save it as “CSV UTF-8” in your spreadsheet program, then choose that file.",
};

function GuessedEncoding() {
  return (
    <Alert color="orange" icon={<IconLanguage />} title="Check the names before you import">
      The file is not in UTF-8, so it was read as Windows-1252. If letters look wrong below, save it
      again as “CSV UTF-8”.
    </Alert>
  );
}

function Columns() {
  return (
    <Text size="sm" c="dimmed">
      An export of Shopify, WooCommerce, Magento or PrestaShop is recognised by its columns.
      Otherwise the columns are those of the{" "}
      <Anchor href="/api/v1/product-export" download inherit>
        export
      </Anchor>
      . Only <b>sku</b> is required. Columns that the file leaves out are not changed. unitsInStock
      is the new count, not an amount to add. With expectedUnits, a count is set only if you edited
      it and the stock has not changed since the export.
    </Text>
  );
}
