// Says above the page that is shown why the one that was asked for is not.

import { Box } from "@mantine/core";
import { useEffect, useRef } from "react";
import { useNavigate } from "react-router";
import { useFailedVisit } from "./failed-visit.ts";
import { PartFailure } from "./part-failure.tsx";

/** The notice; nothing while every page can be opened. */
export function FailedVisitNotice() {
  const failed = useFailedVisit();
  const navigate = useNavigate();
  const notice = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // The link that was followed may be far down a long page.
    if (failed !== null) notice.current?.scrollIntoView({ block: "center" });
  }, [failed]);
  if (failed === null) return null;
  const { address, fault } = failed;
  return (
    <Box ref={notice} mb="lg">
      <PartFailure
        fault={fault}
        what="The page"
        onRetry={() => void navigate(address.replace(/^\/admin/, ""))}
        onReload={() => window.location.assign(address)}
      />
    </Box>
  );
}
