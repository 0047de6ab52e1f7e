// The list below the field of the search, in groups.

import { searchEntries as text } from "../words/en/search/entries.ts";
import { groupWords } from "../words/en/search/results.ts";
import type { SearchEntry } from "./search-entries.ts";
import classes from "./search.module.css";

const scrollTo = (option: HTMLElement | null) => option?.scrollIntoView({ block: "nearest" });

type SearchListProps = {
  readonly id: string;
  readonly entries: readonly SearchEntry[];
  readonly chosen: SearchEntry | undefined;
  readonly onChoose: (entry: SearchEntry) => void;
};

/** The list. The field names the chosen entry to screen readers, so no entry gets the focus. */
export function SearchList({ id, entries, chosen, onChoose }: SearchListProps) {
  const chosenKey = chosen?.key;
  const groups = [...new Set(entries.map(({ group }) => group))];
  return (
    <div id={id} role="listbox" aria-label={text.found} className={classes["list"]}>
      {groups.map((group) => (
        <div key={group} role="group" aria-labelledby={`${id}-group-${group}`}>
          <div id={`${id}-group-${group}`} className={classes["group"]}>
            {groupWords[group]}
          </div>
          {entries
            .filter((entry) => entry.group === group)
            .map((entry) => (
              // The keys are handled in the field.
              <div
                key={entry.key}
                ref={entry.key === chosenKey ? scrollTo : undefined}
                id={`${id}-${entry.key}`}
                role="option"
                tabIndex={-1}
                aria-selected={entry.key === chosenKey}
                className={classes["entry"]}
                onClick={() => onChoose(entry)}
                onKeyDown={() => undefined}
              >
                <span className={classes["label"]}>
                  <bdi>{entry.label}</bdi>
                </span>
                <span className={classes["detail"]}>
                  <bdi>{entry.detail}</bdi>
                </span>
              </div>
            ))}
        </div>
      ))}
    </div>
  );
}
