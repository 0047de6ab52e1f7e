// The fields that the forms for receipts and for deliveries share: the reference, the supplier, and the items, one by
// one or as the text of a CSV file.

import {
  ActionIcon,
  Alert,
  FileInput,
  Group,
  SegmentedControl,
  SimpleGrid,
  Stack,
  Text,
  Textarea,
  TextInput,
  Tooltip,
} from "@mantine/core";
import { IconFileTypeCsv, IconX } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { decodeText, type DecodedText } from "../../contract/decode-text.ts";
import { Section } from "../forms/section.tsx";
import { UnitsInput } from "../forms/units-input.tsx";
import { arrival as text } from "../words/en/receiving/arrival.tsx";
import { type Arrival, arrivalLimits, type ArrivalLine, withLine } from "./arrival.ts";
import { ItemSearch } from "./item-search.tsx";

type ArrivalFieldsProps = {
  readonly value: Arrival;
  readonly onChange: (value: Arrival) => void;
  /** The label of the reference, and what it is. */
  readonly reference: { readonly label: string; readonly description: string };
  /** More fields beside the reference. */
  readonly more?: ReactNode;
  /** Faults by SKU, as the API reported them. */
  readonly faults: ReadonlyMap<string, string>;
};

/** The fields. */
export function ArrivalFields(props: ArrivalFieldsProps) {
  const { value, onChange, reference, more, faults } = props;
  const set = (changed: Partial<Arrival>): void => onChange({ ...value, ...changed });
  return (
    <>
      <Section title={text.delivery.title}>
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <TextInput
            label={reference.label}
            description={reference.description}
            required
            maxLength={100}
            value={value.reference}
            onChange={(event) => set({ reference: event.currentTarget.value })}
          />
          {more}
          <TextInput
            label={text.delivery.supplier}
            maxLength={200}
            value={value.supplier}
            onChange={(event) => set({ supplier: event.currentTarget.value })}
          />
          <TextInput
            label={text.delivery.note}
            maxLength={500}
            value={value.note}
            onChange={(event) => set({ note: event.currentTarget.value })}
          />
        </SimpleGrid>
      </Section>
      <Section title={text.items.title}>
        <SegmentedControl
          data={[...ways]}
          value={value.way}
          onChange={(way) => set({ way })}
          aria-label={text.items.ways}
          w="fit-content"
        />
        {value.way === "items" ? (
          <Items value={value} onChange={onChange} faults={faults} />
        ) : (
          <ItemFile csv={value.csv} onChange={(csv) => set({ csv })} />
        )}
      </Section>
    </>
  );
}

const ways = [
  { value: "items", label: text.items.oneByOne },
  { value: "file", label: text.items.fromFile },
] as const;

function Items({
  value,
  onChange,
  faults,
}: Pick<ArrivalFieldsProps, "value" | "onChange" | "faults">) {
  const { lines } = value;
  const change = (sku: string, units: ArrivalLine["units"]): void =>
    onChange({
      ...value,
      lines: lines.map((line) => (line.sku === sku ? { ...line, units } : line)),
    });
  return (
    <Stack>
      {lines.length === 0 && (
        <Text size="sm" c="dimmed">
          {text.items.none}
        </Text>
      )}
      {lines.map(({ sku, name, units }) => (
        <Group key={sku} gap="xs" align="flex-end" wrap="nowrap">
          <UnitsInput
            label={name}
            description={sku}
            value={units}
            onChange={(typed) => change(sku, typed)}
            limits={arrivalLimits}
            error={faults.get(sku)}
            flex="1 1 auto"
            maw="26rem"
          />
          <Tooltip label={text.items.remove}>
            <ActionIcon
              variant="subtle"
              color="gray"
              size="lg"
              aria-label={text.items.removeNamed(name)}
              onClick={() =>
                onChange({ ...value, lines: lines.filter((line) => line.sku !== sku) })
              }
            >
              <IconX size={18} />
            </ActionIcon>
          </Tooltip>
        </Group>
      ))}
      <ItemSearch
        taken={new Set(lines.map(({ sku }) => sku))}
        onAdd={(item) => onChange(withLine(value, { ...item, units: "" }))}
      />
    </Stack>
  );
}

function ItemFile({ csv, onChange }: { csv: string; onChange: (csv: string) => void }) {
  const [decoded, setDecoded] = useState<DecodedText | null>(null);
  const choose = async (file: File | null): Promise<void> => {
    const read = file === null ? null : decodeText(new Uint8Array(await file.arrayBuffer()));
    setDecoded(read);
    onChange(read?.kind === "text" ? read.text : "");
  };
  return (
    <Stack>
      <FileInput
        label={text.file.label}
        description={text.file.hint}
        placeholder={text.file.choose}
        accept=".csv,.tsv,.txt,text/csv,text/plain"
        leftSection={<IconFileTypeCsv size={18} />}
        onChange={(file) => void choose(file)}
        error={decoded !== null && decoded.kind !== "text" && text.file.noText}
        maw="26rem"
      />
      {decoded?.kind === "text" && decoded.isGuessed && (
        <Alert color="orange" title={text.file.guessed.title}>
          {text.file.guessed.text}
        </Alert>
      )}
      <Textarea
        label={text.file.rows}
        description={text.file.rowsHint}
        placeholder={"sku,units\nMUG-RED,48"}
        value={csv}
        onChange={(event) => onChange(event.currentTarget.value)}
        autosize
        minRows={5}
        maxRows={20}
      />
    </Stack>
  );
}
