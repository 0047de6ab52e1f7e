// How an import's file was read: its system, its locations, what its columns became, and notes about its rows. The
// system and the location can be changed.

import { Accordion, Alert, List, Select, Stack, Text } from "@mantine/core";
import type { ImportReportReply } from "../../contract/product-file.ts";
import {
  allLocations,
  formatNames,
  type FormatName,
} from "../../domain/product-file/formats/format.ts";
import { productImport } from "../words/en/products/import.tsx";
import { labels, names } from "../words/en/products/names.ts";
import type { FileChoices } from "./use-product-import.ts";

type Source = ImportReportReply["source"];

const text = productImport.source;

/** Notes that are listed. The rest are only counted. */
const notesMax = 20;

const isFormat = (value: string | null): value is FormatName =>
  formatNames.some((name) => name === value);

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
        label={text.format}
        description={isNamed ? text.named(title) : text.recognised(title, source.recognisedBy)}
        data={formatNames.map((value) => ({ value, label: text.formats[value] }))}
        value={source.format}
        onChange={(format) => isFormat(format) && onChoose({ format })}
        allowDeselect={false}
        maw="26rem"
      />
      {locations.length > 1 && (
        <Select
          label={text.location}
          description={text.locationHint}
          placeholder={text.chooseLocation}
          data={[
            { value: allLocations, label: text.allLocations },
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
        <Alert color="orange" title={text.notes(noteCount)}>
          <List size="sm">
            {notes.slice(0, notesMax).map(({ line, column, detail }) => (
              <List.Item key={`${line} ${column} ${detail}`}>
                {text.note(line, column, detail)}
              </List.Item>
            ))}
          </List>
          {noteCount > notesMax && <Text size="sm">{text.firstNotes(notesMax)}</Text>}
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
          {text.usedColumns(columns.length - left.length, columns.length)}
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
              {text.leftOut(left.map(({ column }) => column))}
            </Text>
          )}
        </Accordion.Panel>
      </Accordion.Item>
    </Accordion>
  );
}

const fieldLabels: Readonly<Record<string, string>> = {
  ...labels,
  sku: names.sku,
  variantOf: text.variantOf,
  options: text.options,
};

/** The words of a report with the labels of the product form in place of the API's names. */
function inWords(becomes: string): string {
  return becomes.replaceAll(/[a-z]+(?:[A-Z][a-z]+)*/g, (word) => fieldLabels[word] ?? word);
}
