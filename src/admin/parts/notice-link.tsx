// A link within a notice.

import { Anchor } from "@mantine/core";
import type { ReactNode } from "react";
import { Link } from "react-router";

type NoticeLinkProps = {
  readonly to: string;
  readonly children: ReactNode;
};

/**
 * The link has the notice's own colour and size, and a line under it. The usual colour of links can't be read on each notice's
 * colour in the dark.
 */
export function NoticeLink({ to, children }: NoticeLinkProps) {
  return (
    <Anchor component={Link} to={to} inherit c="inherit" underline="always">
      {children}
    </Anchor>
  );
}
