// A list's filters live in the address, so that a link shows what its sender saw.

import { useCallback, useMemo } from "react";
import { useSearchParams } from "react-router";

/**
 * The filters as the address has them, each with its default where the address doesn't name it, and a way to
 * change some of them. A change replaces the address, so that "back" leaves the list.
 */
export function useAddress<Filters extends Record<string, string>>(
  defaults: Filters,
): [Filters, (change: Partial<Filters>) => void] {
  const [params, setParams] = useSearchParams();
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
      setParams(
        (before) => {
          const next = new URLSearchParams(before);
          for (const name of namesOf(changed)) {
            const value = changed[name];
            if (value === undefined || value === defaults[name]) next.delete(name);
            else next.set(name, value);
          }
          return next;
        },
        { replace: true, preventScrollReset: true },
      );
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
