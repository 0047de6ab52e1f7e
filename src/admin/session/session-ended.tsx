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
import { sessionSchema } from "../../contract/session.ts";
import { FailureNotice } from "../forms/failure-notice.tsx";
import { useSend } from "../forms/use-send.ts";
import { ApiProblem } from "../http/api-problem.ts";
import { read, send } from "../http/request.ts";
import { endWait } from "./ended-session.ts";
import { loginAddress } from "./leave-for-login.ts";
import { sessionQuery, useSession } from "./session.ts";

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
      title="Your session has ended"
      closeOnClickOutside={false}
      overlayProps={{ blur: 6 }}
    >
      {/* A form in a popover would close if it saw a click outside. */}
      <Box onMouseDown={stop} onTouchStart={stop}>
        <form onSubmit={submit}>
          <Stack>
            <Text size="sm">
              Type the password of <b>{email}</b> to go on. What you typed on this page is kept.
            </Text>
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
              label="Password"
              maxLength={200}
              autoComplete="current-password"
              data-autofocus
              value={password}
              onChange={(event) => setPassword(event.currentTarget.value)}
            />
            {needsCode && (
              <TextInput
                label="Code"
                description="The code that your app shows, or a recovery code."
                maxLength={100}
                autoComplete="one-time-code"
                value={code}
                onChange={(event) => setCode(event.currentTarget.value)}
              />
            )}
            <Group justify="flex-end" gap="xs">
              <Button variant="default" onClick={() => endWait(false)} disabled={isSending}>
                Not now
              </Button>
              <Button type="submit" loading={isSending}>
                Log in
              </Button>
            </Group>
            <Anchor href={loginAddress()} target="_blank" rel="noreferrer" size="sm">
              Log in in a new tab instead
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

const wrong = new ApiProblem(401, {
  title: "That was not right",
  detail: "Check the password, and the code if you have one. Your account may also be disabled.",
});

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
