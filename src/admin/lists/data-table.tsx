// A table. On a phone each row becomes a card, with the first column as its title.

import { NativeSelect, Table, UnstyledButton, VisuallyHidden } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconSelector } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { lists as text } from "../words/en/lists.ts";
import { ChoiceBox } from "./choice-box.tsx";
import classes from "./data-table.module.css";
import type { Selection } from "./use-selection.ts";

/** A column. The first column should name the row. */
export type Column<Row> = {
  readonly header: string;
  readonly cell: (row: Row) => ReactNode;
  /** Use "right" for numbers. */
  readonly align?: "left" | "right";
  /** The API's sort key for this column. */
  readonly sort?: string;
  /** `plain` hides the label on a phone, for cells that need none. */
  readonly phone?: "labelled" | "plain" | "hidden";
  readonly width?: string;
  /** Whether long words in its cells, such as email addresses, may be broken. */
  readonly isLong?: boolean;
};

type DataTableProps<Row> = {
  /** The table's name for screen readers. */
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  /** The current sort: a column's `sort`, with a minus for descending. */
  readonly sort?: string;
  readonly onSort?: (sort: string) => void;
  readonly isOutdated?: boolean;
  /** Puts a check box before each row. */
  readonly selection?: Selection<Row> | undefined;
};

/** The table. The caller shows something else if there are no rows. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { label, columns, rows, keyOf, sort, onSort, isOutdated = false, selection } = props;
  return (
    <div className={classes["frame"]} data-outdated={isOutdated}>
      {onSort !== undefined && <SortField columns={columns} sort={sort} onSort={onSort} />}
      <Table
        aria-label={label}
        aria-busy={isOutdated}
        className={classes["table"] ?? ""}
        highlightOnHover
        verticalSpacing="sm"
        horizontalSpacing="md"
      >
        <Table.Thead>
          <Table.Tr role="row">
            {selection !== undefined && (
              <Table.Th role="columnheader" scope="col" w={1} data-choice>
                <ChooseAll rows={rows} selection={selection} />
              </Table.Th>
            )}
            {columns.map((column) => (
              <Table.Th
                key={column.header}
                role="columnheader"
                scope="col"
                ta={column.align ?? "left"}
                {...(column.width === undefined ? {} : { w: column.width })}
                aria-sort={sortState(column, sort)}
              >
                {column.sort === undefined || onSort === undefined ? (
                  column.header
                ) : (
                  <SortButton header={column.header} by={column.sort} sort={sort} onSort={onSort} />
                )}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr
              key={keyOf(row)}
              role="row"
              data-chosen={selection?.isChosen(row) === true ? true : undefined}
            >
              {selection !== undefined && (
                <Table.Td role="cell" data-choice data-phone="plain">
                  <ChoiceBox
                    label={text.chosen.one(selection.nameOf(row))}
                    isOn={selection.isChosen(row)}
                    isDisabled={!selection.isChoosable(row)}
                    onChange={(isOn) => selection.choose([row], isOn)}
                  />
                </Table.Td>
              )}
              {columns.map((column) => (
                <Table.Td
                  key={column.header}
                  role="cell"
                  ta={column.align ?? "left"}
                  data-label={column.header}
                  data-phone={column.phone ?? "labelled"}
                  data-long={column.isLong === true}
                >
                  {column.cell(row)}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}

type ChooseAllProps<Row> = {
  readonly rows: readonly Row[];
  readonly selection: Selection<Row>;
};

/** The box that chooses all rows that are shown. */
function ChooseAll<Row>({ rows, selection }: ChooseAllProps<Row>) {
  const choosable = rows.filter((row) => selection.isChoosable(row));
  const chosen = choosable.filter((row) => selection.isChosen(row)).length;
  const areAll = chosen > 0 && chosen === choosable.length;
  return (
    <ChoiceBox
      label={text.chosen.all}
      isOn={areAll}
      isMixed={chosen > 0 && !areAll}
      isDisabled={choosable.length === 0}
      onChange={(isOn) => selection.choose(choosable, isOn)}
    />
  );
}

function sortState<Row>(column: Column<Row>, sort: string | undefined) {
  if (column.sort === undefined) return undefined;
  if (sort === column.sort) return "ascending";
  return sort === `-${column.sort}` ? "descending" : "none";
}

type SortButtonProps = {
  readonly header: string;
  readonly by: string;
  readonly sort: string | undefined;
  readonly onSort: (sort: string) => void;
};

function SortButton({ header, by, sort, onSort }: SortButtonProps) {
  const isUp = sort === by;
  const Icon = isUp ? IconArrowUp : sort === `-${by}` ? IconArrowDown : IconSelector;
  return (
    <UnstyledButton className={classes["sort"] ?? ""} onClick={() => onSort(isUp ? `-${by}` : by)}>
      {header}
      <VisuallyHidden>{isUp ? text.sort.toDescending : text.sort.toAscending}</VisuallyHidden>
      <Icon size={14} aria-hidden />
    </UnstyledButton>
  );
}

type SortFieldProps<Row> = {
  readonly columns: readonly Column<Row>[];
  readonly sort: string | undefined;
  readonly onSort: (sort: string) => void;
};

/** Replaces the sort buttons of the table header on a phone. */
function SortField<Row>({ columns, sort, onSort }: SortFieldProps<Row>) {
  const choices = columns.flatMap(({ header, sort: by }) =>
    by === undefined
      ? []
      : [
          { value: by, label: text.sort.ascending(header) },
          { value: `-${by}`, label: text.sort.descending(header) },
        ],
  );
  return (
    <NativeSelect
      className={classes["sortField"] ?? ""}
      label={text.sort.by}
      data={choices}
      value={sort ?? ""}
      onChange={(event) => onSort(event.currentTarget.value)}
    />
  );
}
