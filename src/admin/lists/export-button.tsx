// The button that downloads a list as a CSV file, with the filter that the page shows.

import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { lists as text } from "../words/en/lists.ts";

type ExportButtonProps = {
  /** The path of the export below `/api/v1`. */
  readonly path: string;
  /** The filter; an empty value is left out, and one of several values is repeated. */
  readonly query?: Readonly<Record<string, string | readonly string[]>>;
  readonly size?: "xs" | "sm";
  readonly children?: ReactNode;
};

/** The button. */
export function ExportButton(props: ExportButtonProps) {
  const { path, query = {}, size = "sm", children = text.export } = props;
  const filter = new URLSearchParams(
    Object.entries(query).flatMap(([name, values]) =>
      [values].flat().flatMap((value) => (value === "" ? [] : [[name, value]])),
    ),
  );
  return (
    <Button
      component="a"
      href={`/api/v1${path}${filter.size === 0 ? "" : `?${filter.toString()}`}`}
      download
      variant="default"
      size={size}
    >
      {children}
    </Button>
  );
}
