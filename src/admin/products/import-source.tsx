// How an import's file was read: its system, its locations, what its columns became, and notes about its rows. The
// system and the location can be changed.

import { Accordion, Alert, List, Select, Stack, Text } from "@mantine/core";
import type { ImportReportReply } from "../../contract/product-file.ts";
import {
  allLocations,
  formatNames,
  type FormatName,
} from "../../domain/product-file/formats/format.ts";
import { count, number } from "../words/numbers.ts";
import { labels } from "./product-form-values.ts";
import type { FileChoices } from "./use-product-import.ts";

type Source = ImportReportReply["source"];

const formatLabels: Readonly<Record<FormatName, string>> = {
  tallyman: "Tallyman",
  shopify: "Shopify",
  woocommerce: "WooCommerce",
  magento: "Magento",
  prestashop: "PrestaShop",
};

const isFormat = (text: string | null): text is FormatName =>
  formatNames.some((name) => name === text);

type SourceProps = {
  readonly source: Source;
  readonly choices: FileChoices;
  readonly onChoose: (choices: FileChoices) => void;
};

/** What the file was read as, with the choices about it. */
export function ImportSource({ source, choices, onChoose }: SourceProps) {
  const { title, locations, isNamed, notes, noteCount } = source;
  return (
    <Stack gap="md">
      <Select
        label="The file is from"
        description={
          isNamed
            ? `Read as ${title}.`
            : `Recognised as ${title} by its columns ${source.recognisedBy.join(", ")}.`
        }
        data={formatNames.map((value) => ({ value, label: formatLabels[value] }))}
        value={source.format}
        onChange={(format) => isFormat(format) && onChoose({ format })}
        allowDeselect={false}
        maw="26rem"
      />
      {locations.length > 1 && (
        <Select
          label="Units at"
          description="The file counts the units at several locations."
          placeholder="Choose a location"
          data={[
            { value: allLocations, label: "All locations together" },
            ...locations
              .filter((name) => name !== allLocations)
              .map((name) => ({ value: name, label: name })),
          ]}
          value={choices.location ?? null}
          onChange={(location) =>
            onChoose({ ...choices, ...(location === null ? {} : { location }) })
          }
          allowDeselect={false}
          maw="26rem"
        />
      )}
      {noteCount > 0 && (
        <Alert color="orange" title={`${count(noteCount, "note")} about the file`}>
          <List size="sm">
            {notes.slice(0, 20).map(({ line, column, detail }) => (
              <List.Item key={`${line} ${column} ${detail}`}>
                Line {line}
                {column === null ? "" : `, ${column}`}: {detail}
              </List.Item>
            ))}
          </List>
          {noteCount > 20 && <Text size="sm">These are the first 20.</Text>}
        </Alert>
      )}
      {source.format !== "tallyman" && <ColumnUses columns={source.columns} />}
    </Stack>
  );
}

function ColumnUses({ columns }: Pick<Source, "columns">) {
  const left = columns.filter(({ becomes }) => becomes === null);
  return (
    <Accordion variant="contained">
      <Accordion.Item value="columns">
        <Accordion.Control>
          {number(columns.length - left.length)} of {count(columns.length, "column")} are used
        </Accordion.Control>
        <Accordion.Panel>
          <List size="sm">
            {columns.map(({ column, becomes }, place) =>
              becomes === null ? null : (
                // A file may have two columns with one heading.
                <List.Item key={`${place} ${column}`}>
                  <b>{column}</b>: {inWords(becomes)}
                </List.Item>
              ),
            )}
          </List>
          {left.length > 0 && (
            <Text size="sm" mt="sm">
              Left out: {left.map(({ column }) => column).join(", ")}
            </Text>
          )}
        </Accordion.Panel>
      </Accordion.Item>
    </Accordion>
  );
}

const fieldLabels: Readonly<Record<string, string>> = {
  ...labels,
  sku: "SKU",
  variantOf: "the product of a variant",
  options: "options",
};

/** The words of a report with the labels of the product form in place of the API's names. */
function inWords(becomes: string): string {
  return becomes.replaceAll(/[a-z]+(?:[A-Z][a-z]+)*/g, (word) => fieldLabels[word] ?? word);
}
