// Sends something that people ask for by a button: once at a time, however often it is pressed.

import { useMutation } from "@tanstack/react-query";
import { useRef } from "react";
import { type ApiProblem, toProblem } from "../http/api-problem.ts";

/** What is sent, and what follows. */
export type SendOptions<Input, Answer> = {
  readonly send: (input: Input) => Promise<Answer>;
  readonly onDone?: (answer: Answer, input: Input) => unknown;
  readonly onRefused?: (problem: ApiProblem) => unknown;
};

/** How it goes. */
export type Sending<Input, Answer> = {
  /** Sends, unless something is on its way already. */
  readonly run: (input: Input) => void;
  readonly isSending: boolean;
  /** The last answer, until the next thing is sent. */
  readonly answer: Answer | undefined;
  /** The last refusal, until the next thing is sent. */
  readonly problem: ApiProblem | null;
  readonly reset: () => void;
};

/** Sends on request. `isSending` is drawn a moment later than a second press can come; the lock is not. */
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
