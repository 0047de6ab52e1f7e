// A component that is loaded when it is first rendered. React's `lazy` keeps a failure forever and breaks the whole
// page. This one shows the failure in its own place and can try again.

import { type ComponentType, type ReactNode, useEffect, useState } from "react";
import { loadPart, PartNotLoaded } from "./load-part.ts";
import { PartFailure } from "./part-failure.tsx";

type PartOptions = {
  /** Its name at the start of a sentence: "The editor". */
  readonly what: string;
  readonly whileLoading: ReactNode;
};

/** Creates a component that loads the real one with `load`. */
export function createPart<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  { what, whileLoading }: PartOptions,
): ComponentType<Props> {
  let Fetched: ComponentType<Props> | null = null;

  return function Part(props: Props) {
    const [attempt, setAttempt] = useState(1);
    const [state, setState] = useState<{ readonly error: unknown; readonly attempt: number }>();
    useEffect(() => {
      if (Fetched !== null) return undefined;
      let isGone = false;
      const fetchIt = async (): Promise<void> => {
        let error: unknown = null;
        try {
          Fetched = await loadPart(load);
        } catch (fault) {
          error = fault;
        }
        if (!isGone) setState({ error, attempt });
      };
      void fetchIt();
      return () => {
        isGone = true;
      };
    }, [attempt]);

    if (Fetched !== null) return <Fetched {...props} />;
    if (state?.attempt !== attempt) return whileLoading;
    const fault = state.error instanceof PartNotLoaded ? state.error.fault : "unknown";
    return <PartFailure fault={fault} what={what} onRetry={() => setAttempt(attempt + 1)} />;
  };
}
