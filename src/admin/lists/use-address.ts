// Keeps a list's filters in the URL, so that a shared link shows the same list.

import { useCallback, useEffect, useMemo, useRef } from "react";
import { useSearchParams } from "react-router";

/**
 * Returns the filters from the URL, with their defaults, and a function that changes some of them. A change replaces
 * the history entry, so that "back" leaves the list.
 */
export function useAddress<Filters extends Record<string, string>>(
  defaults: Filters,
): [Filters, (change: Partial<Filters>) => void] {
  const [params, setParams] = useSearchParams();
  // The address with changes that are not shown yet. Without it, the second of two quick changes would undo the first.
  const latest = useRef(params);
  const changing = useRef(new Set<string>());
  useEffect(() => {
    // It may be one of several quick changes, shown while the later ones are on their way.
    const shown = params.toString();
    if (changing.current.has(shown) && shown !== latest.current.toString()) return;
    changing.current.clear();
    latest.current = params;
  }, [params]);
  const filters = useMemo(() => {
    const read = { ...defaults };
    for (const name of namesOf(defaults))
      Object.assign(read, { [name]: params.get(name) ?? defaults[name] });
    return read;
    // The defaults are a constant of the page.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [params]);
  const change = useCallback(
    (changed: Partial<Filters>) => {
      const next = new URLSearchParams(latest.current);
      for (const name of namesOf(changed)) {
        const value = changed[name];
        if (value === undefined || value === defaults[name]) next.delete(name);
        else next.set(name, value);
      }
      latest.current = next;
      changing.current.add(next.toString());
      setParams(next, { replace: true, preventScrollReset: true });
    },
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [setParams],
  );
  return [filters, change];
}

function namesOf<Filters extends object>(filters: Filters): (keyof Filters & string)[] {
  const isName = (name: string): name is keyof Filters & string => name in filters;
  return Object.keys(filters).filter(isName);
}
