// Sends a request for a button. Only one runs at a time, however often the button is pressed.

import { useMutation } from "@tanstack/react-query";
import { useRef } from "react";
import { type ApiProblem, toProblem } from "../http/api-problem.ts";

/** The request, and what to do with its outcome. */
export type SendOptions<Input, Answer> = {
  readonly send: (input: Input) => Promise<Answer>;
  readonly onDone?: (answer: Answer, input: Input) => unknown;
  readonly onRefused?: (problem: ApiProblem) => unknown;
};

/** The state of the request. */
export type Sending<Input, Answer> = {
  /** Sends, unless a request is already running. */
  readonly run: (input: Input) => void;
  readonly isSending: boolean;
  /** The last answer, until the next request. */
  readonly answer: Answer | undefined;
  /** The last problem, until the next request. */
  readonly problem: ApiProblem | null;
  readonly reset: () => void;
};

/** Creates the sender. A second press can come before React renders `isSending`, so a lock refuses it. */
export function useSend<Input, Answer>(
  options: SendOptions<Input, Answer>,
): Sending<Input, Answer> {
  const isLocked = useRef(false);
  const { mutate, isPending, data, error, reset } = useMutation({
    mutationFn: options.send,
    onSuccess: (answer, input) => options.onDone?.(answer, input),
    onError: (refusal) => options.onRefused?.(toProblem(refusal)),
    onSettled: () => {
      isLocked.current = false;
    },
  });
  return {
    run(input) {
      if (isLocked.current) return;
      isLocked.current = true;
      mutate(input);
    },
    isSending: isPending,
    answer: data,
    problem: error === null ? null : toProblem(error),
    reset,
  };
}
