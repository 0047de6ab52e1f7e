// The button that downloads a list as a CSV file, with the filter that the page shows.

import { Button } from "@mantine/core";

type ExportButtonProps = {
  /** The path of the export below `/api/v1`. */
  readonly path: string;
  /** The filter; an empty value is left out. */
  readonly query?: Readonly<Record<string, string>>;
};

/** The button. */
export function ExportButton({ path, query = {} }: ExportButtonProps) {
  const filter = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== ""));
  return (
    <Button
      component="a"
      href={`/api/v1${path}${filter.size === 0 ? "" : `?${filter.toString()}`}`}
      download
      variant="default"
    >
      Export as CSV
    </Button>
  );
}
