// The person's other sessions, which can be logged out.

import { Button, Group, Stack, Text } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import type * as z from "zod";
import type { otherSessionSchema } from "../../contract/own-account.ts";
import { confirm } from "../forms/confirm.tsx";
import { Section } from "../forms/section.tsx";
import { notifyDone, notifyFailed } from "../forms/notify.tsx";
import { useSend } from "../forms/use-send.ts";
import { segment, send } from "../http/request.ts";
import { type Column, DataTable } from "../lists/data-table.tsx";
import { GreyLines, Loaded } from "../shell/loaded.tsx";
import { browserWords } from "../words/browser-words.ts";
import { Time } from "../words/time.tsx";
import { account } from "../words/en/session/account.ts";
import { otherSessionsQuery } from "./account-queries.ts";

const text = account.sessions;

type OtherSession = z.output<typeof otherSessionSchema>;

/** The list. */
export function OtherSessions() {
  const query = useQuery(otherSessionsQuery);
  const { end, isEnding } = useEnding();
  const askForAll = (): void =>
    confirm({
      title: text.askForAll,
      text: text.endAllMeans,
      verb: text.endAll,
      onYes: () => end(null),
    });
  return (
    <Section title={text.title} intro={text.intro}>
      <Loaded query={query} whileLoading={<GreyLines lines={2} />}>
        {(sessions) =>
          sessions.length === 0 ? (
            <Text size="sm">{text.onlyHere}</Text>
          ) : (
            <Stack>
              <DataTable
                label={text.title}
                columns={columnsFor(end, isEnding)}
                rows={sessions}
                keyOf={({ id }) => id}
              />
              <Group justify="flex-end">
                <Button variant="default" onClick={askForAll} loading={isEnding}>
                  {text.endAll}
                </Button>
              </Group>
            </Stack>
          )
        }
      </Loaded>
    </Section>
  );
}

/** Ends one session; all others if it gets null. */
function useEnding() {
  const queryClient = useQueryClient();
  const { run, isSending } = useSend({
    send: (one: OtherSession | null) => {
      const path = one === null ? "/session/others" : `/session/others/${segment(one.id)}`;
      return send({ method: "DELETE", path });
    },
    onDone: async (_nothing, one) => {
      await queryClient.invalidateQueries({ queryKey: otherSessionsQuery.queryKey });
      notifyDone(one === null ? text.allEnded : text.oneEnded);
    },
    onRefused: (problem) => {
      // The session may have ended in the meantime. Reading again removes it from the list.
      void queryClient.invalidateQueries({ queryKey: otherSessionsQuery.queryKey });
      if (problem.kind !== "not-found") notifyFailed(problem);
    },
  });
  return { end: run, isEnding: isSending };
}

function columnsFor(end: (one: OtherSession) => void, isEnding: boolean): Column<OtherSession>[] {
  return [
    {
      header: text.browser,
      isLong: true,
      cell: ({ userAgent }) => (
        <Text component="span" fw={600}>
          {browserWords(userAgent)}
        </Text>
      ),
    },
    { header: text.address, isLong: true, cell: ({ address }) => address ?? text.unknownAddress },
    { header: text.loggedIn, cell: ({ loggedInAt }) => <Time at={loggedInAt} /> },
    { header: text.lastSeen, cell: ({ seenAt }) => <Time at={seenAt} relative /> },
    {
      header: text.actions,
      align: "right",
      cell: (one) => (
        <Button
          size="xs"
          variant="default"
          onClick={() => end(one)}
          disabled={isEnding}
          aria-label={text.endOne(browserWords(one.userAgent))}
        >
          {text.end}
        </Button>
      ),
      phone: "plain",
    },
  ];
}
