// Imports a file in two steps: a check of what would change, then the import. The import is sent in parts, so that a
// large file shows its progress and no request takes minutes.

import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { importReportSchema, type ImportReportReply } from "../../contract/product-file.ts";
import type { FormatName } from "../../domain/product-file/formats/format.ts";
import { useSend } from "../forms/use-send.ts";
import type { ApiProblem } from "../http/api-problem.ts";
import { send } from "../http/request.ts";

/** Products in each request. */
const partSize = 100;

/** The result so far. */
export type ImportOutcome = {
  readonly created: number;
  readonly updated: number;
  /** Items that are low from their beginning. */
  readonly lowAlready: number;
  readonly refused: readonly { readonly sku: string; readonly reason: string }[];
  /** The number of products that were sent, out of `total`. */
  readonly done: number;
  readonly total: number;
};

const nothingYet = { created: 0, updated: 0, lowAlready: 0, refused: [], done: 0 } as const;

/** What a person chose about a file. Undefined: recognised by the file's columns. */
export type FileChoices = {
  readonly format?: FormatName | undefined;
  readonly location?: string | undefined;
};

/** The import and its state. */
export type ProductImport = {
  /** Checks what a file would change. */
  readonly look: (csv: string, choices?: FileChoices) => void;
  /** Imports what `report` shows. */
  readonly save: () => void;
  /** Clears the file and its results. */
  readonly forget: () => void;
  readonly isLooking: boolean;
  readonly isSaving: boolean;
  /** What the file would change; undefined until it is checked. */
  readonly report: ImportReportReply | undefined;
  /** The result of the import; null before it starts. */
  readonly outcome: ImportOutcome | null;
  readonly problem: ApiProblem | null;
};

/** The state of one page's import. */
export function useProductImport(): ProductImport {
  const client = useQueryClient();
  const [csv, setCsv] = useState("");
  const [choices, setChoices] = useState<FileChoices>({});
  const [outcome, setOutcome] = useState<ImportOutcome | null>(null);
  const looking = useSend({
    send: (file: { readonly text: string; readonly chosen: FileChoices }) =>
      request({ csv: file.text }, true, file.chosen),
  });
  const saving = useSend({
    send: async (skus: readonly string[]) => {
      let sum: ImportOutcome = { ...nothingYet, total: skus.length };
      setOutcome(sum);
      while (sum.done < skus.length) {
        const part = skus.slice(sum.done, sum.done + partSize);
        sum = add(sum, await request({ csv, products: part }, false, choices), part.length);
        setOutcome(sum);
      }
    },
    onDone: refresh,
    onRefused: refresh,
  });
  useLeavingAsked(saving.isSending);

  async function refresh(): Promise<void> {
    await Promise.all(
      ["products", "stock", "alerts", "orders", "pre-orders"].map((key) =>
        client.invalidateQueries({ queryKey: [key] }),
      ),
    );
  }

  const forget = (): void => {
    looking.reset();
    saving.reset();
    setOutcome(null);
  };
  return {
    look(text, chosen = {}) {
      forget();
      setCsv(text);
      setChoices(chosen);
      looking.run({ text, chosen });
    },
    save: () => saving.run((looking.answer?.products ?? []).map(({ sku }) => sku)),
    forget,
    isLooking: looking.isSending,
    isSaving: saving.isSending,
    report: looking.answer,
    outcome,
    problem: saving.problem ?? looking.problem,
  };
}

function request(
  body: { csv: string; products?: readonly string[] },
  dryRun: boolean,
  choices: FileChoices,
) {
  return send({
    method: "POST",
    path: "/product-import",
    query: { dryRun, ...choices },
    body,
    answer: importReportSchema,
  });
}

function add(sum: ImportOutcome, part: ImportReportReply, sent: number): ImportOutcome {
  const refused = part.products.flatMap(({ sku, refusal }) =>
    refusal === null ? [] : [{ sku, reason: refusal }],
  );
  return {
    created: sum.created + part.created,
    updated: sum.updated + part.updated,
    lowAlready: sum.lowAlready + (part.lowAlready ?? 0),
    refused: [...sum.refused, ...refused],
    done: sum.done + sent,
    total: sum.total,
  };
}

/** Asks before the tab is closed, which would stop the import halfway. */
function useLeavingAsked(isUnderWay: boolean): void {
  useEffect(() => {
    if (!isUnderWay) return undefined;
    const ask = (event: BeforeUnloadEvent): void => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [isUnderWay]);
}
