// The dialog that asks for the password in place if the session has ended. The page below it stays as it is.

import {
  Anchor,
  Box,
  Button,
  Group,
  Modal,
  PasswordInput,
  Stack,
  Text,
  TextInput,
} from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type SyntheticEvent, useEffect, useState } from "react";
import { FailureNotice } from "../forms/failure-notice.tsx";
import { useSend } from "../forms/use-send.ts";
import { ApiProblem } from "../http/api-problem.ts";
import { read, send } from "../http/request.ts";
import { sessionEnded as text } from "../words/en/session/session-ended.tsx";
import { endWait } from "./ended-session.ts";
import { loginAddress } from "./leave-for-login.ts";
import { sessionQuery, sessionSchema, useSession } from "./session.ts";

/** The dialog. It ends the wait of all refused requests. */
export function SessionEnded() {
  const { id, email } = useSession();
  const queryClient = useQueryClient();
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const [needsCode, setNeedsCode] = useState(false);
  const resume = (): void => {
    endWait(true);
    void queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey });
  };
  const { run, isSending, problem } = useSend({
    send: () =>
      send({
        method: "POST",
        path: "/session",
        body: { email, password, ...(needsCode ? { code } : {}) },
        isLogin: true,
      }),
    onDone: resume,
    onRefused: ({ kind }) => {
      if (kind === "code-needed") setNeedsCode(true);
    },
  });
  useResumedElsewhere(id, resume);

  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    // The dialog may stand in a form of the page.
    event.stopPropagation();
    if (password !== "") run(undefined);
  };

  return (
    <Modal
      opened
      onClose={() => endWait(false)}
      title={text.title}
      closeOnClickOutside={false}
      overlayProps={{ blur: 6 }}
    >
      {/* A form in a popover would close if it saw a click outside. */}
      <Box onMouseDown={stop} onTouchStart={stop}>
        <form onSubmit={submit}>
          <Stack>
            <Text size="sm">{text.intro(<b>{email}</b>)}</Text>
            {problem !== null && problem.kind !== "code-needed" && (
              <FailureNotice problem={shown(problem)} />
            )}
            {/* Tells password managers which account the password belongs to. */}
            <input
              type="text"
              name="username"
              autoComplete="username"
              value={email}
              readOnly
              hidden
            />
            <PasswordInput
              label={text.password}
              maxLength={200}
              autoComplete="current-password"
              data-autofocus
              value={password}
              onChange={(event) => setPassword(event.currentTarget.value)}
            />
            {needsCode && (
              <TextInput
                label={text.code}
                description={text.codeHint}
                maxLength={100}
                autoComplete="one-time-code"
                value={code}
                onChange={(event) => setCode(event.currentTarget.value)}
              />
            )}
            <Group justify="flex-end" gap="xs">
              <Button variant="default" onClick={() => endWait(false)} disabled={isSending}>
                {text.notNow}
              </Button>
              <Button type="submit" loading={isSending}>
                {text.logIn}
              </Button>
            </Group>
            <Anchor href={loginAddress()} target="_blank" rel="noreferrer" size="sm">
              {text.inNewTab}
            </Anchor>
          </Stack>
        </form>
      </Box>
    </Modal>
  );
}

const stop = (event: SyntheticEvent): void => event.stopPropagation();

function shown(problem: ApiProblem): ApiProblem {
  return problem.kind === "unauthenticated" ? wrong : problem;
}

const wrong = new ApiProblem(401, text.wrong);

/** Looks whether the same person has logged in in another tab, when they come back to this one. */
function useResumedElsewhere(id: string, onResumed: () => void): void {
  useEffect(() => {
    const look = async (): Promise<void> => {
      try {
        const session = await read("/session", sessionSchema, { isLogin: true });
        if (session.id === id) onResumed();
      } catch {
        // There is no session yet.
      }
    };
    const onFocus = (): void => void look();
    window.addEventListener("focus", onFocus);
    return () => window.removeEventListener("focus", onFocus);
    // The dialog's person stays the same.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [id]);
}
