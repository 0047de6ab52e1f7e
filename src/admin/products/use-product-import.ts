// Imports a file in two steps: what would change, and the change itself. The change is sent in parts, so that a
// file of thousands says how far it is and no single request takes minutes.

import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { importReportSchema, type ImportReportReply } from "../../contract/product-file.ts";
import { useSend } from "../forms/use-send.ts";
import type { ApiProblem } from "../http/api-problem.ts";
import { send } from "../http/request.ts";

/** Products that are saved with one request. */
const partSize = 100;

/** What was saved so far. */
export type ImportOutcome = {
  readonly created: number;
  readonly updated: number;
  readonly refused: readonly { readonly sku: string; readonly reason: string }[];
  /** Products that were sent, of how many. */
  readonly done: number;
  readonly total: number;
};

/** The import and what is going on with it. */
export type ProductImport = {
  /** Asks what a file would change. */
  readonly look: (csv: string) => void;
  /** Saves what `report` shows. */
  readonly save: () => void;
  /** Forgets the file. */
  readonly forget: () => void;
  readonly isLooking: boolean;
  readonly isSaving: boolean;
  /** What the file would change. */
  readonly report: ImportReportReply | undefined;
  /** What was saved of it; null before the second step. */
  readonly outcome: ImportOutcome | null;
  readonly problem: ApiProblem | null;
};

/** The state of one page's import. */
export function useProductImport(): ProductImport {
  const client = useQueryClient();
  const [csv, setCsv] = useState("");
  const [outcome, setOutcome] = useState<ImportOutcome | null>(null);
  const looking = useSend({
    send: (text: string) => request({ csv: text }, true),
  });
  const saving = useSend({
    send: async (skus: readonly string[]) => {
      let sum: ImportOutcome = { created: 0, updated: 0, refused: [], done: 0, total: skus.length };
      setOutcome(sum);
      while (sum.done < skus.length) {
        const part = skus.slice(sum.done, sum.done + partSize);
        sum = add(sum, await request({ csv, products: part }, false), part.length);
        setOutcome(sum);
      }
    },
    onDone: refresh,
    onRefused: refresh,
  });
  useLeavingAsked(saving.isSending);

  async function refresh(): Promise<void> {
    await Promise.all(
      ["products", "stock", "alerts"].map((key) => client.invalidateQueries({ queryKey: [key] })),
    );
  }

  const forget = (): void => {
    looking.reset();
    saving.reset();
    setOutcome(null);
  };
  return {
    look(text) {
      forget();
      setCsv(text);
      looking.run(text);
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

function request(body: { csv: string; products?: readonly string[] }, dryRun: boolean) {
  return send({
    method: "POST",
    path: "/product-import",
    query: { dryRun },
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
    refused: [...sum.refused, ...refused],
    done: sum.done + sent,
    total: sum.total,
  };
}

/** A tab that is closed in the middle would leave the file half imported. */
function useLeavingAsked(isUnderWay: boolean): void {
  useEffect(() => {
    if (!isUnderWay) return undefined;
    const ask = (event: BeforeUnloadEvent): void => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [isUnderWay]);
}
